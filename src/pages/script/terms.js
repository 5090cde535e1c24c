/** The prefixes, classes and properties that the published data use, as the server counts them. */

/**
 * @typedef {object} Term
 * @property {string} iri
 * @property {string} name As a query writes it: a prefixed name, or the IRI in angle brackets.
 * @property {string | undefined} prefix The prefix of that name.
 * @property {string} label What people call it; empty where nobody said.
 * @property {number} count How many instances it has, or in how many triples it stands.
 * @property {"class" | "property"} kind
 */

/**
 * @typedef {object} Vocabulary
 * @property {Map<string, string>} prefixes Namespaces by prefix.
 * @property {Term[]} terms Those of each kind with the largest count first.
 */

/** @type {Promise<Vocabulary> | undefined} */
let loading;

/**
 * The vocabulary, fetched when it is first asked for. Where it cannot be had there is nothing to complete with.
 *
 * @returns {Promise<Vocabulary>}
 */
export function vocabulary() {
  loading ??= load().catch(() => ({ prefixes: new Map(), terms: [] }));
  return loading;
}

async function load() {
  // This script stands in a folder of its own, beside the endpoint.
  const response = await fetch(new URL("../sparql/terms", import.meta.url), { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(`no terms: ${response.status}`);
  return read(await response.json());
}

/** @returns {Vocabulary} */
export function read(told) {
  const prefixes = new Map(Object.entries(told.prefixes ?? {}));
  const term = (kind) => ({ iri, label = "", count }) => ({ iri, label, count, kind, ...nameOf(iri, prefixes) });
  const terms = [...(told.classes ?? []).map(term("class")), ...(told.properties ?? []).map(term("property"))];
  return { prefixes, terms };
}

/** How a query writes an IRI: by the prefix with the longest namespace that leaves a plain local name. */
function nameOf(iri, prefixes) {
  const fitting = [...prefixes]
    .filter(([, namespace]) => iri.startsWith(namespace) && /^\w[\w-]*$/.test(iri.slice(namespace.length)))
    .sort(([, one], [, other]) => other.length - one.length);
  if (fitting.length === 0) return { name: `<${iri}>`, prefix: undefined };
  const [prefix, namespace] = fitting[0];
  return { name: `${prefix}:${iri.slice(namespace.length)}`, prefix };
}
