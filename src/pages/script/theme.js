/** How the editor looks: the tokens of the site's stylesheet, which come through into the shadow tree. */

import { HighlightStyle } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const mono = 'ui-monospace, "Cascadia Mono", Menlo, "DejaVu Sans Mono", monospace';

export const theme = EditorView.theme({
  "&": { marginTop: ".5rem", background: "var(--wash)", border: "1px solid var(--quiet)", borderRadius: ".1875rem" },
  "&.cm-focused": { outline: ".1875rem solid var(--accent)", outlineOffset: ".1875rem" },
  ".cm-scroller": { fontFamily: mono, fontSize: ".875rem", lineHeight: "1.6", maxHeight: "36rem" },
  ".cm-content": { minHeight: "12rem", padding: ".75rem 0", caretColor: "var(--ink)" },
  ".cm-line": { padding: "0 .75rem" },
  ".cm-cursor": { borderLeftColor: "var(--ink)", borderLeftWidth: "2px" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    background: "color-mix(in srgb, var(--accent) 28%, transparent)",
  },
  ".cm-gutters": { background: "transparent", color: "var(--quiet)", border: "0", paddingLeft: ".25rem" },
  "&.cm-focused .cm-matchingBracket": { background: "none", outline: "1px solid var(--accent)" },
  ".cm-unreadable": { textDecoration: "underline wavy var(--alarm)", textUnderlineOffset: ".25em" },
  ".cm-unreadable-line": { boxShadow: "inset .1875rem 0 var(--alarm)" },
  ".cm-tooltip": { background: "var(--paper)", color: "var(--ink)", border: "1px solid var(--quiet)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: mono, fontSize: ".8125rem", maxHeight: "16rem" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: ".25rem .625rem", lineHeight: "1.5" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { background: "var(--accent)", color: "var(--paper)" },
  ".cm-completionDetail": { fontStyle: "normal", marginLeft: "1em", opacity: "1" },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "700" },
});

export const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.bool], color: "var(--accent)", fontWeight: "650" },
  { tag: [tags.string, tags.annotation], color: "var(--literal)" },
  { tag: [tags.integer, tags.float], color: "var(--literal)" },
  { tag: [tags.url, tags.namespace, tags.typeName], color: "var(--name)" },
  { tag: tags.comment, color: "var(--quiet)", fontStyle: "italic" },
]);
