/** What the editor completes a word with: terms of the published data, variables of the query, words of SPARQL. */

import { pickedCompletion } from "@codemirror/autocomplete";
import { syntaxTree } from "@codemirror/language";
import { vocabulary } from "./terms.js";

/** The most that is offered at once. */
const MOST = 60;

const KEYWORDS =
  "SELECT DISTINCT CONSTRUCT ASK DESCRIBE WHERE PREFIX BASE FILTER OPTIONAL UNION MINUS BIND VALUES EXISTS NOT IN AS " +
  "GROUP BY HAVING ORDER ASC DESC LIMIT OFFSET COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT LANG LANGMATCHES STR DATATYPE " +
  "BOUND IF COALESCE CONTAINS STRSTARTS STRENDS STRBEFORE STRAFTER STRLEN SUBSTR REPLACE REGEX CONCAT LCASE UCASE " +
  "ISIRI ISBLANK ISLITERAL ISNUMERIC SAMETERM YEAR MONTH DAY NOW IRI STRLANG STRDT ABS CEIL FLOOR ROUND UNDEF";

/** Where nothing is completed. */
const PLAIN = ["Comment", "String", "Iri", "IriRef"];

/**
 * Offers completions, whose counts are written as people of the page's language write numbers.
 *
 * @param {HTMLFormElement} form
 */
export function complete(form) {
  const numbers = new Intl.NumberFormat(form.closest("[lang]")?.getAttribute("lang") ?? "en");
  /** @param {import("@codemirror/autocomplete").CompletionContext} context */
  return async (context) => {
    const word = context.matchBefore(/[?$]?[\w-]*(:[\w-]*)?$/);
    const isAsked = context.explicit || (word && word.text.length > 1);
    if (!isAsked || PLAIN.includes(syntaxTree(context.state).resolveInner(context.pos, -1).name)) return null;
    const typed = word?.text ?? "";
    const from = word?.from ?? context.pos;
    const options = /^[?$]/.test(typed)
      ? variablesOf(context.state.doc, typed)
      : [...termsFor(await vocabulary(), context, from, typed, numbers), ...keywordsFor(typed)];
    return { from, options: options.slice(0, MOST), filter: false };
  };
}

/** The terms that a word may begin or stand in: their names and what people call them. */
function termsFor({ prefixes, terms }, context, from, typed, numbers) {
  const wanted = typed.toLowerCase();
  const isAfterA = /(^|[\s;{])(a|rdf:type)\s+$/.test(context.state.sliceDoc(Math.max(0, from - 20), from));
  const begins = ({ name }) => name.toLowerCase().startsWith(wanted) || localOf(name).startsWith(wanted);
  const holds = ({ name, label }) => `${name} ${label}`.toLowerCase().includes(wanted);
  const fitting = terms.filter((term) => (isAfterA ? term.kind === "class" : true) && holds(term));
  // Those whose name begins so come first; the sort leaves the larger counts in front.
  return fitting
    .sort((one, other) => Number(begins(other)) - Number(begins(one)) || other.count - one.count)
    .map((term) => ({
      label: term.name,
      detail: [term.label, numbers.format(term.count)].filter(Boolean).join(" · "),
      type: term.kind,
      apply: (view, completion, start, end) => insert(view, completion, start, end, term, prefixes),
    }));
}

function localOf(name) {
  return name.slice(name.indexOf(":") + 1).toLowerCase();
}

/** Puts a term in, and the declaration of its prefix where the query has none: so it runs anywhere as it stands. */
function insert(view, completion, from, to, { name, prefix }, prefixes) {
  const text = view.state.doc.toString();
  const changes = [{ from, to, insert: name }];
  if (prefix && !new RegExp(`^\\s*PREFIX\\s+${prefix}:`, "im").test(text)) {
    changes.unshift({ from: endOfDeclarations(text), insert: `PREFIX ${prefix}: <${prefixes.get(prefix)}>\n` });
  }
  const before = changes.length > 1 ? changes[0].insert.length : 0;
  view.dispatch({
    changes,
    selection: { anchor: from + before + name.length },
    annotations: pickedCompletion.of(completion),
    userEvent: "input.complete",
  });
}

/** Where the line behind the last declaration begins. */
function endOfDeclarations(text) {
  let end = 0;
  for (const found of text.matchAll(/^[ \t]*(PREFIX|BASE)\b[^\n]*\n/gim)) end = found.index + found[0].length;
  return end;
}

function variablesOf(doc, typed) {
  const names = new Set(doc.toString().match(/[?$]\w+/g) ?? []);
  names.delete(typed);
  const fitting = [...names].filter((name) => name.toLowerCase().startsWith(typed.toLowerCase()));
  return fitting.sort().map((label) => ({ label, type: "variable" }));
}

function keywordsFor(typed) {
  const wanted = typed.toUpperCase();
  const fitting = KEYWORDS.split(" ").filter((word) => wanted !== "" && word.startsWith(wanted) && word !== wanted);
  return fitting.map((label) => ({ label, type: "keyword" }));
}
