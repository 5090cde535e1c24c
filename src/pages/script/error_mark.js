/** The mark at what cannot be read, until the text changes. */

import { StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView } from "@codemirror/view";

/** @type {import("@codemirror/state").StateEffectType<number>} */
const unreadableAt = StateEffect.define();

const mark = Decoration.mark({ class: "cm-unreadable" });
const markedLine = Decoration.line({ class: "cm-unreadable-line" });

/** The marks: on the word at the place, and on its line. */
const marks = StateField.define({
  create: () => Decoration.none,
  update(marks, transaction) {
    for (const effect of transaction.effects) {
      if (effect.is(unreadableAt)) return marksAt(transaction.state, effect.value);
    }
    return transaction.docChanged ? Decoration.none : marks;
  },
  provide: (field) => [
    EditorView.decorations.from(field),
    EditorView.contentAttributes.from(field, (marks) => (marks.size > 0 ? { "aria-invalid": "true" } : {})),
  ],
});

export const errorMark = marks;

/**
 * Marks a place, shows it and puts the cursor there.
 *
 * @param {EditorView} view
 * @param {number} line From 1.
 * @param {number} column From 1, in characters.
 */
export function markError(view, line, column) {
  const { doc } = view.state;
  const found = doc.line(Math.min(line, doc.lines));
  // The editor counts UTF-16 code units, the server characters.
  const before = Array.from(found.text).slice(0, column - 1).join("").length;
  const place = found.from + Math.min(before, found.length);
  view.dispatch({ effects: unreadableAt.of(place), selection: { anchor: place }, scrollIntoView: true });
}

function marksAt(state, place) {
  const line = state.doc.lineAt(place);
  const word = /^(\s*)(\S[\w:?$.-]*)/.exec(line.text.slice(place - line.from));
  const found = [markedLine.range(line.from)];
  if (word) {
    const from = place + word[1].length;
    found.push(mark.range(from, from + word[2].length));
  }
  return Decoration.set(found);
}
