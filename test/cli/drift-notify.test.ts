import {once} from 'node:events'
import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import {afterAll, describe, expect, test} from 'vitest'
import {driftFolder} from './drift-folder.ts'
import {provision} from './program.ts'

const {folder, put} = driftFolder()

/** What the webhook was sent, and what it answers next; 200 when nothing is left. */
const sent: {readonly path: string; readonly body: {text: string; id?: string}}[] = []
const answers: number[] = []
const hook = createServer(async (request, answer) => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  sent.push({path: request.url ?? '', body: JSON.parse(Buffer.concat(chunks).toString())})
  answer.writeHead(answers.shift() ?? 200).end()
}).listen(0, '127.0.0.1')
await once(hook, 'listening')

afterAll(() => void hook.close())

const port = (server: {address(): AddressInfo | string | null}) => {
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}
const url = `http://127.0.0.1:${port(hook)}/hook`

/** A look at these hosts with somebody to tell: what it said of telling, without the port. */
const look = async (target: string, limit = 'web1') => {
  const words = ['drift', '-i', 'hosts.yml', 'play.yml', '--limit', limit, '--notify', target]
  const {stderr} = await provision(folder, words)
  return stderr.replaceAll(/127\.0\.0\.1:\d+/g, 'HOOK')
}
const texts = () => sent.splice(0).map(({body}) => body.text.replace(/-[0-9a-f]{8}\b/, '-ID'))

describe('who is told of drift', () => {
  test('hears of each change once, and nothing while nothing changes', async () => {
    put('a', 'one\n')
    expect(await look(url)).toBe('')
    put('a', 'two\n')
    expect(await look(url)).toMatchInlineSnapshot(`
      "webhook at HOOK was told: web1 drifted
      "
    `)
    expect(await look(url)).toBe('')
    put('a', 'one\n')
    await look(url)
    expect(texts()).toMatchInlineSnapshot(`
      [
        "provision: hosts-play-ID
      web1: drifted (was in order)
        - A file [configuration]",
        "provision: hosts-play-ID
      web1: in order (was drifted)",
      ]
    `)
  })

  test('is asked again when the answer was no answer, and not when it was a refusal', async () => {
    put('a', 'two\n')
    answers.push(503, 503)
    await look(url)
    expect(new Set(sent.map(({body}) => body.id)).size).toBe(1)
    expect(texts()).toHaveLength(3)
    put('a', 'one\n')
    answers.push(404)
    expect(await look(url)).toMatchInlineSnapshot(`
      "webhook at HOOK was not told: it answered 404; the next look tries again
      "
    `)
    expect(texts()).toHaveLength(1)
  })

  test('hears by the next look what could not be told', async () => {
    await look(url)
    expect(texts()).toHaveLength(1)
    await look(url)
    expect(texts()).toEqual([])
  })

  test('hears of hosts that are not reached', async () => {
    await look(`slack:${url}`, 'all')
    await look(`slack:${url}`, 'all')
    expect(sent.map(({body}) => Object.keys(body))).toEqual([['text']])
    expect(texts()).toMatchInlineSnapshot(`
      [
        "provision: hosts-play-ID
      gone1: unreachable (was in order)",
      ]
    `)
  })
})
