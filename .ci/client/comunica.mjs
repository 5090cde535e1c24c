// Queries with Comunica: over a dereferenced IRI, over the endpoint, and over both joined.
import assert from 'node:assert/strict'
import comunica from '@comunica/query-sparql'

const [site, base] = process.argv.slice(2)

const prefixes = 'PREFIX skos: <http://www.w3.org/2004/02/skos/core#>'
const entry = `${base}id/service-type/372`
const endpoint = `${site}sparql`

// What it asks of the endpoint, and what that is answered in.
let requests = []
async function watched (input, init) {
  const answer = await fetch(input, init)
  const address = new URL(input.url ?? input)
  if (address.pathname === '/sparql') {
    const query = address.searchParams.get('query') ?? String(init?.body ?? '')
    requests.push({ query, mediaType: answer.headers.get('content-type') })
  }
  return answer
}

async function ask (query, sources) {
  requests = []
  // One engine for all would plan the join by what it kept of the queries before, ten times slower.
  const engine = new comunica.QueryEngine()
  const stream = await engine.queryBindings(`${prefixes} ${query}`, { sources, fetch: watched })
  return (await stream.toArray()).map(solution => [...solution.values()].map(term => term.value).join(' '))
}

const names = await ask(`SELECT ?name { <${entry}> skos:prefLabel ?name FILTER(LANG(?name) = "en") }`, [entry])
assert.deepEqual(names, ['Abandoned vehicles'])
console.log('Comunica queries a dereferenced IRI')

const siblings = `SELECT DISTINCT ?number { <${entry}> skos:broader ?function . ?other skos:broader ?function ; skos:notation ?number }`
const found = await ask(siblings, [endpoint])
assert.ok(found.length > 10 && found.includes('372'), `${endpoint} knows ${found.length} siblings of 372`)
// It looks at the address first, and then leaves the whole query to the endpoint.
const [description, ...queries] = requests
assert.ok(description.query === '' && /turtle|ld\+json|n-triples|rdf\+xml/.test(description.mediaType), JSON.stringify(description))
assert.ok(queries.length === 1 && queries[0].mediaType.includes('sparql-results'), JSON.stringify(queries))
console.log(`Comunica recognises /sparql as an endpoint and gets ${found.length} solutions`)

// The description is a document like any other.
const described = [{ type: 'file', value: endpoint }]
const sd = 'PREFIX sd: <http://www.w3.org/ns/sparql-service-description#>'
assert.deepEqual(await ask(`${sd} SELECT ?endpoint { ?service sd:endpoint ?endpoint }`, described), [endpoint])
const partitions = `PREFIX void: <http://rdfs.org/ns/void#> SELECT ?entities {
  ?partition void:class <https://w3id.org/eu-service-list/def#ServiceType> ; void:entities ?entities }`
assert.deepEqual(await ask(partitions, described), ['1519'])
console.log('Comunica reads in the service description where the endpoint is and that it has 1519 service types')

const engine = new comunica.QueryEngine()
assert.equal(await engine.queryBoolean(`ASK { <${entry}> ?p ?o }`, { sources: [endpoint] }), true)
const quads = await (await engine.queryQuads(`CONSTRUCT WHERE { <${entry}> ?p ?o }`, { sources: [endpoint] })).toArray()
assert.ok(quads.length > 20, `${quads.length} triples`)
console.log(`Comunica asks, and constructs ${quads.length} triples`)

// The entry's document alone has one of them; the others must come from the endpoint.
const joined = await ask(siblings, [entry, endpoint])
assert.deepEqual(joined.sort(), found.sort())
console.log(`Comunica joins a dereferenced IRI with /sparql: ${joined.length} solutions`)
