// The members of a stream, by ldes-client: one line of JSON each, `{ id, quads }`. A quad is four terms; an IRI is a text,
// a literal `[text, language, datatype]`, the default graph the empty text. The folder of a saved state makes a later run
// go on where this one was stopped.
import { replicateLDES, enhanced_fetch } from 'ldes-client'

const [url, order, statePath, ...flags] = process.argv.slice(2)
const options = Object.fromEntries(flags.map(flag => [flag, true]))
const client = replicateLDES({
  url,
  statePath: statePath || undefined,
  concurrentFetches: 1,
  fetch: enhanced_fetch({ concurrent: 1, retry: { maxRetries: 3 } }),
  ...options
}, order)
client.on('error', error => { console.error(error); process.exit(1) })
const term = ({ termType, value, language, datatype }) => termType === 'Literal' ? [value, language, datatype.value] : value
for await (const { id, quads } of client.stream({ highWaterMark: 10 })) {
  const terms = quads.map(({ subject, predicate, object, graph }) => [subject, predicate, object, graph].map(term))
  process.stdout.write(JSON.stringify({ id: id.value, quads: terms }) + '\n')
}
