/** The editor in place of the text field, which stays the field of the form and always has the same text. */

import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { EditorView, drawSelection, keymap, lineNumbers } from "@codemirror/view";
import { sparql } from "codemirror-lang-sparql";
import { complete } from "./completion.js";
import { errorMark, markError } from "./error_mark.js";
import { colours, theme } from "./theme.js";

/**
 * @typedef {object} Editor
 * @property {(text: string) => void} setText Puts another query in.
 * @property {(line: number, column: number) => void} markError Marks what cannot be read, and puts the cursor there.
 * @property {() => void} focus
 */

/**
 * Text that is typed over a selection is put in by the editor: Chromium would first write the selection's style into an
 * attribute, which the page's policy forbids and reports.
 */
const typeOverSelection = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { from, to, empty } = view.state.selection.main;
    const text = event.data;
    if (event.inputType !== "insertText" || !text || empty || view.composing) return false;
    const typed = () =>
      view.state.update(view.state.replaceSelection(text), { userEvent: "input.type", scrollIntoView: true });
    const handlers = view.state.facet(EditorView.inputHandler);
    if (!handlers.some((handle) => handle(view, from, to, text, typed))) view.dispatch(typed());
    event.preventDefault();
    return true;
  },
});

/**
 * Makes an editor of a text field.
 *
 * It stands in a shadow tree. There CodeMirror makes its styles as constructed style sheets, which a policy of
 * `style-src 'self'` lets work; in the document it would write a `style` element, which that forbids.
 *
 * @param {HTMLFormElement} form The form of the field, which has the words.
 * @param {HTMLTextAreaElement} field
 * @returns {Editor}
 */
export function createEditor(form, field) {
  const host = document.createElement("div");
  host.className = "editor";
  const root = host.attachShadow({ mode: "open" });
  const view = new EditorView({ root, parent: root, state: stateOf(form, field) });
  field.after(host, keysOf(form));
  field.hidden = true;
  // A field that is not shown cannot say that it must be filled.
  field.required = false;
  field.labels[0]?.addEventListener("click", () => view.focus());
  return {
    setText: (text) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } }),
    markError: (line, column) => markError(view, line, column),
    focus: () => view.focus(),
  };
}

/** The first state: the text of the field, and everything that the editor can do. */
function stateOf(form, field) {
  const run = { key: "Mod-Enter", preventDefault: true, run: () => (form.requestSubmit(), true) };
  return EditorState.create({
    doc: field.value,
    extensions: [
      lineNumbers(),
      history(),
      drawSelection(),
      bracketMatching(),
      closeBrackets(),
      typeOverSelection,
      sparql(),
      indentUnit.of("  "),
      EditorView.lineWrapping,
      autocompletion({ override: [complete(form)], icons: false }),
      errorMark,
      syntaxHighlighting(colours),
      theme,
      EditorState.phrases.of({ Completions: form.dataset.completions }),
      EditorView.contentAttributes.of({
        "aria-label": field.labels[0]?.textContent ?? "",
        // No element out there can be pointed at from in here, so the description comes as text.
        "aria-description": form.dataset.keys ?? "",
        autocapitalize: "off",
      }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) field.value = update.state.doc.toString();
      }),
      // Tab is no key of the editor: it goes on to the button, so that nobody is caught in here.
      keymap.of([run, ...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...defaultKeymap]),
    ],
  });
}

/** Says how the editor is used by keyboard, to those who see it. */
function keysOf(form) {
  const keys = document.createElement("span");
  keys.className = "keys";
  keys.textContent = form.dataset.keys ?? "";
  return keys;
}
