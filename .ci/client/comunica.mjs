// Queries with Comunica: over a dereferenced IRI, over the endpoint, and over both joined.
import assert from 'node:assert/strict'
import comunica from '@comunica/query-sparql'

const [site, base] = process.argv.slice(2)

const prefixes = 'PREFIX skos: <http://www.w3.org/2004/02/skos/core#>'
const entry = `${base}id/service-type/372`
const endpoint = `${site}sparql`

async function ask (query, sources) {
  // One engine for all would plan the join by what it kept of the queries before, ten times slower.
  const engine = new comunica.QueryEngine()
  const stream = await engine.queryBindings(`${prefixes} ${query}`, { sources })
  return (await stream.toArray()).map(solution => [...solution.values()].map(term => term.value).join(' '))
}

const names = await ask(`SELECT ?name { <${entry}> skos:prefLabel ?name FILTER(LANG(?name) = "en") }`, [entry])
assert.deepEqual(names, ['Abandoned vehicles'])
console.log('Comunica queries a dereferenced IRI')

const siblings = `SELECT DISTINCT ?number { <${entry}> skos:broader ?function . ?other skos:broader ?function ; skos:notation ?number }`
const found = await ask(siblings, [endpoint])
assert.ok(found.length > 10 && found.includes('372'), `${endpoint} knows ${found.length} siblings of 372`)
console.log(`Comunica recognises /sparql as an endpoint and gets ${found.length} solutions`)

// The entry's document alone has one of them; the others must come from the endpoint.
const joined = await ask(siblings, [entry, endpoint])
assert.deepEqual(joined.sort(), found.sort())
console.log(`Comunica joins a dereferenced IRI with /sparql: ${joined.length} solutions`)
