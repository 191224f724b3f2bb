import {z} from 'zod'
import {attributes, bool, count, path, text, word} from './arguments.ts'
import {connectTo} from './connect-to.ts'

const code = z.union([
  z.int(),
  z
    .string()
    .regex(/^-?\d+$/, 'must be a number')
    .transform(Number),
])
const codes = z.union([
  code.transform(one => [one]),
  z.array(code).min(1),
  z
    .string()
    .regex(/^\d+(,\s*\d+)+$/, 'must be numbers')
    .transform(list => list.split(',').map(Number)),
])

const words = ['yes', 'true', 'urllib2'] as const
const follow = z.union([
  z.enum(['all', 'none', 'safe']),
  z.enum(words).transform(word => (word === 'urllib2' ? ('safe' as const) : ('all' as const))),
  z.enum(['no', 'false']).transform(() => 'none' as const),
  z.boolean().transform(isFollowed => (isFollowed ? ('all' as const) : ('none' as const))),
])

/** The arguments of uri. */
export const httpArguments = z.strictObject({
  url: z.url({protocol: /^https?$/}).describe('What is asked for.'),
  method: z
    .string()
    .regex(/^[A-Za-z]+$/, 'must be a word such as GET')
    .transform(method => method.toUpperCase())
    .default('GET')
    .describe('HTTP method.'),
  body: z.json().optional().describe('What is sent; with body_format json or form-urlencoded a map.'),
  body_format: z.enum(['raw', 'json', 'form-urlencoded']).default('raw').describe('How the body is written.'),
  headers: z.record(z.string(), text).default({}).describe('Further headers.'),
  status_code: codes.default([200]).describe('Status codes that mean success; -1 is no answer.'),
  return_content: bool.default(false).describe('Gives the body as `content`. JSON is always given, as `json`.'),
  dest: path.optional().describe('File or directory of the host that the body goes into.'),
  ...attributes,
  creates: path.optional().describe('When this exists, nothing is asked.'),
  removes: path.optional().describe('When this does not exist, nothing is asked.'),
  url_username: word.optional().describe('Name for basic authentication.'),
  url_password: text.optional().describe('Its password.'),
  force_basic_auth: bool
    .default(false)
    .describe('Taken for playbooks that have it; name and password always go along.'),
  validate_certs: bool.default(true).describe('With false any certificate will do.'),
  ca_path: path.optional().describe('File of the host with the certificates that are trusted.'),
  client_cert: path.optional().describe('Certificate of the host to show, and its key unless client_key says where.'),
  client_key: path.optional().describe('Its key.'),
  unix_socket: path.optional().describe('Socket of the host to connect to, instead of a port.'),
  use_proxy: bool.default(true).describe('With false the proxies of the environment are not used.'),
  http_agent: text.optional().describe('User-Agent.'),
  follow_redirects: follow.default('safe').describe('safe follows for GET and HEAD only.'),
  timeout: count.default(30).describe('Seconds until the whole answer must be there.'),
  connect_to: connectTo,
})

/** A request as a task says it. */
export type Asked = z.infer<typeof httpArguments>

/** The headers that are sent, with what the body and the login add. */
export function headersOf(asked: Asked): {readonly [name: string]: string} {
  const {headers, http_agent} = asked
  const given = new Set(Object.keys(headers).map(name => name.toLowerCase()))
  const type = typeOf(asked)
  return {
    ...(type !== undefined && !given.has('content-type') && {'Content-Type': type}),
    ...(http_agent !== undefined && {'User-Agent': http_agent}),
    ...headers,
  }
}

/** What is sent, as text; undefined when nothing is. */
export function bodyOf({body, body_format}: Asked): string | undefined {
  if (body === undefined || typeof body === 'string') return body
  if (body_format !== 'form-urlencoded') return JSON.stringify(body)
  const pairs = Object.entries(body ?? {}).flatMap(([name, value]) =>
    [value].flat().map((one): [string, string] => [name, String(one)]),
  )
  return new URLSearchParams(pairs).toString()
}

/** Whether redirects are followed for this request. */
export function follows({follow_redirects, method}: Asked): boolean {
  return follow_redirects === 'all' || (follow_redirects === 'safe' && ['GET', 'HEAD'].includes(method))
}

function typeOf({body, body_format}: Asked): string | undefined {
  if (body === undefined || body_format === 'raw') return undefined
  return body_format === 'json' ? 'application/json' : 'application/x-www-form-urlencoded'
}
