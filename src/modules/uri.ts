import {z} from 'zod'
import {TaskError} from '../errors.ts'
import {type Controller, controllerModule, type Outcome, type Value, type Values} from '../module.ts'
import {bool, count, text} from './arguments.ts'
import {connectTo, reasonOf} from './connect-to.ts'
import {type HttpAnswer, send} from './http-request.ts'

const codes = z.union([
  count.transform(code => [code]),
  z.array(count).min(1),
  z
    .string()
    .regex(/^\d+(,\s*\d+)*$/)
    .transform(list => list.split(',').map(Number)),
])

const schema = z.strictObject({
  url: z.url({protocol: /^https?$/}).describe('What is asked for.'),
  method: z
    .string()
    .transform(method => method.toUpperCase())
    .default('GET')
    .describe('HTTP method.'),
  body: z.json().optional().describe('What is sent; with body_format json or form-urlencoded a map.'),
  body_format: z.enum(['raw', 'json', 'form-urlencoded']).default('raw').describe('How the body is written.'),
  headers: z.record(z.string(), text).default({}).describe('Further headers.'),
  status_code: codes.default([200]).describe('Status codes that mean success.'),
  return_content: bool.default(false).describe('Gives the body as `content`. JSON is always given, as `json`.'),
  validate_certs: bool.default(true).describe('With false any certificate will do.'),
  follow_redirects: z
    .union([z.enum(['all', 'none', 'safe']), bool.transform(follow => (follow ? ('all' as const) : ('none' as const)))])
    .default('safe')
    .describe('safe follows for GET and HEAD only.'),
  timeout: count.default(30).describe('Seconds until the whole answer must be there.'),
  connect_to: connectTo,
})

type Wanted = z.infer<typeof schema>

/** uri: asks a web server from where provision runs. */
export const uri = controllerModule<Wanted>({
  name: 'uri',
  summary: 'Asks a web server from where provision runs, and checks the status of its answer.',
  topic: 'outside',
  example: {
    name: 'Site answers',
    uri: {url: 'https://chat.example.com/api', status_code: 200},
    delegate_to: 'localhost',
  },
  schema,
  outside: true,
  run: async (wanted, controller) => {
    if (controller.check) return {changed: false, skipped: true, message: 'not asked in check mode', result: {}}
    return outcome(wanted, await ask(wanted, controller))
  },
})

async function ask(wanted: Wanted, controller: Controller): Promise<HttpAnswer> {
  const {url, method, timeout} = wanted
  try {
    return await send({
      url,
      method,
      headers: {...typeOf(wanted), ...wanted.headers},
      body: write(wanted),
      validateCertificates: wanted.validate_certs,
      connectTo: wanted.connect_to,
      follow: wanted.follow_redirects,
      signal: AbortSignal.any([controller.signal, AbortSignal.timeout(timeout * 1000)]),
    })
  } catch (error) {
    throw new TaskError({message: `No answer from ${method} ${url}${via(wanted)}: ${reasonOf(error)}`})
  }
}

function via({connect_to}: Wanted): string {
  return connect_to === undefined ? '' : ` (at ${connect_to})`
}

function typeOf({body, body_format}: Wanted): {readonly [name: string]: string} {
  if (body === undefined || body_format === 'raw') return {}
  return {'content-type': body_format === 'json' ? 'application/json' : 'application/x-www-form-urlencoded'}
}

function write({body, body_format}: Wanted): string | undefined {
  if (body === undefined || typeof body === 'string') return body
  if (body_format !== 'form-urlencoded') return JSON.stringify(body)
  return new URLSearchParams(
    Object.fromEntries(Object.entries(body ?? {}).map(([name, value]) => [name, String(value)])),
  ).toString()
}

function outcome(wanted: Wanted, answer: HttpAnswer): Outcome {
  const content = answer.body.toString('utf8')
  if (!wanted.status_code.includes(answer.status)) throw wrongStatus(wanted, answer, content)
  return {changed: false, result: {...headersOf(answer), ...resultOf(answer), ...bodyOf(wanted, answer, content)}}
}

/** Headers as Ansible names them: lower case, with underscores. */
function headersOf({headers}: HttpAnswer): Values {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.replaceAll('-', '_'), value]))
}

function resultOf({status, reason, url, redirected, body}: HttpAnswer): Values {
  return {status, url, redirected, msg: `${reason || status} (${body.length} bytes)`}
}

function bodyOf(wanted: Wanted, {headers}: HttpAnswer, content: string): Values {
  const json = /^(application|text)\/([\w.-]+\+)?json\b/.test(headers['content-type'] ?? '')
    ? parsed(content)
    : undefined
  return {...(wanted.return_content && {content}), ...(json !== undefined && {json})}
}

function parsed(content: string): Value | undefined {
  const read = z.json().safeParse(orUndefined(content))
  return read.success ? read.data : undefined
}

function orUndefined(content: string): unknown {
  try {
    return JSON.parse(content)
  } catch {
    return undefined
  }
}

function wrongStatus(wanted: Wanted, {status, reason, url}: HttpAnswer, content: string): TaskError {
  const expected = wanted.status_code.join(' or ')
  return new TaskError({
    message: `${wanted.method} ${url}${via(wanted)} answered ${[status, reason].join(' ').trim()}, not ${expected}`,
    stdout: content.slice(0, 2000),
  })
}
