// Queries with sparql-http-client, whose answers are streams.
import assert from 'node:assert/strict'
import SparqlClient from 'sparql-http-client'

const [site, base] = process.argv.slice(2)
const client = new SparqlClient({ endpointUrl: `${site}sparql` })

async function count (stream) {
  let items = 0
  for await (const item of stream) items += item ? 1 : 0
  return items
}

const types = 'SELECT ?type { ?type a <https://w3id.org/eu-service-list/def#ServiceType> }'
assert.equal(await count(client.query.select(types)), 1519)
console.log('sparql-http-client streams 1519 solutions')

assert.equal(await client.query.ask(`ASK { <${base}id/service-type/372> ?p ?o }`), true)
assert.equal(await client.query.ask(`ASK { <${base}id/service-type/0> ?p ?o }`), false)
console.log('sparql-http-client asks')

const [solution] = await client.query.select('SELECT (COUNT(*) AS ?n) { ?s ?p ?o }').toArray()
const triples = await count(client.query.construct('CONSTRUCT WHERE { ?s ?p ?o }'))
assert.equal(triples, Number(solution.n.value))
console.log(`sparql-http-client streams all ${triples} triples`)

// By POST, as a form and as it is.
for (const operation of ['postUrlencoded', 'postDirect']) {
  assert.equal(await count(client.query.select(types, { operation })), 1519, operation)
}
console.log('sparql-http-client asks by POST')

await assert.rejects(count(client.query.select('SELECT * { ?s ?p }')), error => error.status === 400 || /400|Bad Request/.test(error.message))
console.log('sparql-http-client is told what is no query')
