// Everything that an endpoint has, by Comunica, as N-Triples.
import comunica from '@comunica/query-sparql'
import { termToString } from 'rdf-string-ttl'

const [endpoint] = process.argv.slice(2)
const engine = new comunica.QueryEngine()
const quads = await engine.queryQuads('CONSTRUCT WHERE { ?s ?p ?o }', { sources: [endpoint] })
let lines = []
for await (const { subject, predicate, object } of quads) {
  lines.push([subject, predicate, object].map(term => termToString(term)).join(' ') + ' .\n')
}
process.stdout.write(lines.join(''))
