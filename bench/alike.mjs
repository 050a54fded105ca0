// What the phone suggests: reads {texts, queries, limit} from standard input and writes, for each query, the places of
// the texts it suggests, best first, with their scores. It runs the phone's own module.
import { text as read } from 'node:stream/consumers'
import { runnerImport } from '../static/node_modules/vite/dist/node/index.js'

const source = new URL('../static/src/store/needs/alike.ts', import.meta.url).pathname
const { module } = await runnerImport(source, { configFile: false, logLevel: 'error' })
const { texts, queries, limit } = JSON.parse(await read(process.stdin))
const index = new module.AlikeIndex()
let began = performance.now()
texts.forEach((text, place) => index.put(String(place).padStart(6, '0'), [text]))
index.suggest('warm', 1)
const indexed = performance.now() - began
began = performance.now()
const found = queries.map((query) => index.suggest(query, limit).map(({ id, score }) => [Number(id), score]))
const each = (performance.now() - began) / queries.length
process.stdout.write(JSON.stringify({ found, indexed, each }))
