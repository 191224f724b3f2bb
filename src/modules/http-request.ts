import {type IncomingMessage, request as requestHttp} from 'node:http'
import {request as requestHttps} from 'node:https'
import {leadTo} from './connect-to.ts'

/** One request, as uri's arguments say it. */
export type HttpRequest = {
  readonly url: string
  readonly method: string
  readonly headers: {readonly [name: string]: string}
  readonly body: string | undefined
  readonly validateCertificates: boolean
  readonly connectTo: string | undefined
  readonly follow: 'all' | 'none' | 'safe'
  readonly signal: AbortSignal
}

/** An answer, after redirects that were followed. Header names are in lower case. */
export type HttpAnswer = {
  readonly url: string
  readonly status: number
  readonly reason: string
  /** A name that was said several times stands here several times. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: Buffer
  readonly redirected: boolean
}

const mostRedirects = 10

/** Sends a request and follows redirects as it is told to. Throws what node throws when there is no answer. */
export async function send(request: HttpRequest, redirects = 0): Promise<HttpAnswer> {
  const message = await open(request)
  const answer = {...(await read(message)), url: request.url, redirected: redirects > 0}
  const next = follows(request, answer)
  if (!next) return answer
  if (redirects === mostRedirects) throw new Error(`more than ${mostRedirects} redirects`)
  return send(next, redirects + 1)
}

function open(request: HttpRequest): Promise<IncomingMessage> {
  const {url, method, headers, body, validateCertificates, connectTo, signal} = request
  const start = new URL(url).protocol === 'https:' ? requestHttps : requestHttp
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : {'content-length': String(Buffer.byteLength(body))}
    const options = {method, headers: {...length, ...headers}, agent: false, signal, ...leadTo(connectTo)}
    start(url, {...options, rejectUnauthorized: validateCertificates})
      .once('response', resolve)
      .once('error', reject)
      .end(body)
  })
}

async function read(message: IncomingMessage): Promise<Omit<HttpAnswer, 'url' | 'redirected'>> {
  const chunks: Buffer[] = []
  for await (const chunk of message) chunks.push(Buffer.from(chunk))
  const headers = Object.entries(message.headersDistinct).flatMap(([name, values = []]) =>
    values.map((value): [string, string] => [name, value]),
  )
  return {
    status: message.statusCode ?? 0,
    reason: message.statusMessage ?? '',
    headers,
    body: Buffer.concat(chunks),
  }
}

/** The request that a redirect asks for; undefined where it is not to be followed. */
function follows(request: HttpRequest, answer: HttpAnswer): HttpRequest | undefined {
  const location = answer.headers.find(([name]) => name === 'location')?.[1]
  if (location === undefined || ![301, 302, 303, 307, 308].includes(answer.status)) return undefined
  if (request.follow === 'none' || (request.follow === 'safe' && !isSafe(request.method))) return undefined
  const url = new URL(location, request.url)
  const sameName = url.hostname === new URL(request.url).hostname
  const again = {...request, url: url.href, connectTo: sameName ? request.connectTo : undefined}
  return isSafe(request.method) || [307, 308].includes(answer.status)
    ? again
    : {...again, method: 'GET', body: undefined}
}

function isSafe(method: string): boolean {
  return ['GET', 'HEAD'].includes(method)
}
