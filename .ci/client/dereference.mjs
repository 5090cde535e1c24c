// Dereferences IRIs as JavaScript programs do: rdf-dereference (inside ldes-client and Comunica) and
// @rdfjs/fetch, each with the Accept header of its own; both must find what N-Triples says.
import assert from 'node:assert/strict'
import dataset from '@rdfjs/dataset'
import fetchRdf from '@rdfjs/fetch'
import formats from '@rdfjs/formats'
import dereference from 'rdf-dereference'

const [site, base] = process.argv.slice(2)
const { rdfDereferencer } = dereference
const paths = [
  'id/service-type/372', 'id/service-type/1512', 'id/function/40', 'id/channel-type/telephone', 'id/reason/rare-and-complex',
  'list/channel-type', 'list/services', 'list/services/4.00', 'def', 'shapes'
]

/** The triples of a document as N-Triples has them. */
async function inNTriples (path) {
  return await withRdfjsFetch(`${site}${path.replace(/^id\//, 'doc/')}.nt`)
}

/** The same triples. Those with blank nodes, which shapes have, are only counted: labels differ. */
function assertSame (found, expected, what) {
  const named = quad => ![quad.subject, quad.object].some(term => term.termType === 'BlankNode')
  const lost = [...expected].filter(quad => named(quad) && !found.has(quad)).length
  assert.ok(expected.size > 0 && lost === 0 && found.size === expected.size, `${what}: ${found.size} triples, ${lost} lost`)
}

async function withRdfDereference (iri) {
  const { data } = await rdfDereferencer.dereference(iri)
  // A stream may say a triple twice: JSON-LD names a record wherever it is mentioned.
  return dataset.dataset(await data.toArray())
}

async function withRdfjsFetch (iri, headers = {}) {
  const response = await fetchRdf(iri, { formats, headers })
  assert.equal(response.status, 200, iri)
  return await response.dataset()
}

for (const path of paths) {
  assertSame(await withRdfDereference(base + path), await inNTriples(path), `rdf-dereference of ${base + path}`)
}
console.log(`rdf-dereference finds all triples of ${paths.length} IRIs`)

for (const path of paths) {
  assertSame(await withRdfjsFetch(base + path), await inNTriples(path), `@rdfjs/fetch of ${base + path}`)
}
console.log(`@rdfjs/fetch finds all triples of ${paths.length} IRIs`)

const types = ['text/turtle', 'application/ld+json', 'application/rdf+xml', 'application/n-triples']
for (const accept of types) {
  for (const path of paths) {
    assertSame(await withRdfjsFetch(base + path, { accept }), await inNTriples(path), `@rdfjs/formats of ${path} as ${accept}`)
  }
}
console.log(`@rdfjs/formats reads ${paths.length} documents as each of ${types.length} media types`)
