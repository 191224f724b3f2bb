import type {IncomingMessage, ServerResponse} from 'node:http'
import type {Server} from 'node:net'
import {afterAll, beforeAll, expect, it} from 'vitest'
import type {Values} from '../../src/module.ts'
import {uri} from '../../src/modules/uri.ts'
import {listenHttp, listenHttps, makeCertificates, runModule} from './local-servers.ts'

let servers: Server[] = []
let plain = 0
let secure = 0

beforeAll(async () => {
  const certificates = makeCertificates()
  const http = await listenHttp(answer)
  const https = await listenHttps(certificates.lasting.pem, answer)
  servers = [http.server, https.server]
  plain = http.port
  secure = https.port
})

afterAll(() => {
  for (const server of servers) server.close()
})

it('gives the status, the headers with underscores and the JSON of an answer', async () => {
  const {result} = await ask({url: `http://chat.test:${plain}/api`})
  expect(pick(result, ['status', 'msg', 'json', 'x_some_header', 'content'])).toEqual({
    status: 200,
    msg: 'OK (17 bytes)',
    json: {version: '1.2'},
    x_some_header: 'a, b',
    content: undefined,
  })
})

it('gives the content when it is asked for', async () => {
  expect((await ask({url: `http://chat.test:${plain}/api`, return_content: true})).result.content).toBe(
    '{"version":"1.2"}',
  )
})

it('sends the name of the URL, not the address that it connects to', async () => {
  expect((await echo({url: `http://chat.test:${plain}/echo`})).headers.host).toBe(`chat.test:${plain}`)
})

it('sends a body as JSON, with its length and type', async () => {
  const seen = await echo({
    url: `http://chat.test:${plain}/echo`,
    method: 'post',
    body_format: 'json',
    body: {a: ['ü']},
  })
  expect(seen).toMatchObject({method: 'POST', body: '{"a":["ü"]}'})
  expect(seen.headers).toMatchObject({'content-type': 'application/json', 'content-length': '12'})
})

it('sends a body as a form', async () => {
  const seen = await echo({
    url: `http://chat.test:${plain}/echo`,
    method: 'POST',
    body_format: 'form-urlencoded',
    body: {a: 'x y', b: 1},
  })
  expect(seen.body).toBe('a=x+y&b=1')
})

it('follows redirects for GET, and not when it must not', async () => {
  const followed = await ask({url: `http://chat.test:${plain}/old`})
  expect(pick(followed.result, ['status', 'redirected', 'url'])).toEqual({
    status: 200,
    redirected: true,
    url: `http://chat.test:${plain}/api`,
  })
  const kept = await ask({url: `http://chat.test:${plain}/old`, follow_redirects: 'none', status_code: 302})
  expect(pick(kept.result, ['status', 'redirected', 'location'])).toEqual({
    status: 302,
    redirected: false,
    location: `http://chat.test:${plain}/api`,
  })
})

it('does not follow redirects of a POST unless all are to be followed', async () => {
  const url = `http://chat.test:${plain}/old`
  expect((await ask({url, method: 'POST', status_code: [302]})).result.status).toBe(302)
  expect((await ask({url, method: 'POST', follow_redirects: 'all'})).result.status).toBe(200)
})

it('stops following redirects that go in circles', async () => {
  expect((await ask({url: `http://chat.test:${plain}/circle`})).failure?.message).toBe(
    `No answer from GET http://chat.test:${plain}/circle (at 127.0.0.1): more than 10 redirects`,
  )
})

it('fails with what the server said when the status is another one', async () => {
  const {failure, result} = await ask({url: `http://chat.test:${plain}/broken`, status_code: [200, 201]})
  expect(result.status).toBe(503)
  expect(failure).toEqual({
    message: `GET http://chat.test:${plain}/broken (at 127.0.0.1) answered 503 Service Unavailable, not 200 or 201`,
    stdout: 'closed for today',
  })
})

it('refuses a certificate that nobody vouches for, unless told otherwise', async () => {
  const url = `https://chat.test:${secure}/api`
  const refused = await ask({url})
  expect(refused.failure?.message).toBe(`No answer from GET ${url} (at 127.0.0.1): self-signed certificate`)
  expect(refused.result.status).toBe(-1)
  expect((await ask({url, validate_certs: false})).result.status).toBe(200)
})

it('does not wait longer than it is told to', async () => {
  expect((await ask({url: `http://chat.test:${plain}/never`, timeout: 1})).failure?.message).toMatch(
    /^No answer from GET /,
  )
})

it('says when nobody listens', async () => {
  expect((await ask({url: 'http://chat.test:1/'})).failure?.message).toBe(
    'No answer from GET http://chat.test:1/ (at 127.0.0.1): connect ECONNREFUSED 127.0.0.1:1',
  )
})

it('asks nothing in check mode', async () => {
  expect(await runModule(uri, {url: 'http://chat.test:1/'}, {check: true})).toMatchObject({
    skipped: true,
    changed: false,
  })
})

function ask(args: Values) {
  return runModule(uri, {connect_to: '127.0.0.1', ...args})
}

type Echo = {readonly method: string; readonly headers: {readonly [name: string]: string}; readonly body: string}

async function echo(args: Values): Promise<Echo> {
  return JSON.parse(String((await ask({...args, return_content: true})).result.content))
}

function pick(values: {readonly [name: string]: unknown}, names: readonly string[]) {
  return Object.fromEntries(names.map(name => [name, values[name]]))
}

async function answer(request: IncomingMessage, response: ServerResponse) {
  const say = (status: number, headers: {readonly [name: string]: string | string[]}, body = '') =>
    response.writeHead(status, headers).end(body)
  if (request.url === '/api')
    return say(200, {'content-type': 'application/json', 'x-some-header': ['a', 'b']}, '{"version":"1.2"}')
  if (request.url === '/old') return say(302, {location: '/api'})
  if (request.url === '/circle') return say(302, {location: '/circle'})
  if (request.url === '/broken') return say(503, {}, 'closed for today')
  if (request.url !== '/echo') return
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const {method, headers} = request
  return say(200, {}, JSON.stringify({method, headers, body: Buffer.concat(chunks).toString()}))
}
