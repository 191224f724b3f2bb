import {z} from 'zod'
import type {Value, Values} from '../module.ts'
import type {Asked} from './http-arguments.ts'

/** What a server answered; -1 is the status of no answer, `reason` then says why. Header names are in lower case. */
export type Answered = {
  readonly url: string
  readonly status: number
  readonly reason: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: string
  readonly redirected: boolean
  readonly elapsed: number
}

/** What `register` gets of an answer, with Ansible's names: headers in lower case, with underscores. */
export function httpResult(asked: Asked, answered: Answered): Values {
  const {status, url, redirected, elapsed, body} = answered
  const headers = joined(answered)
  const json = isJson(headers['content-type'] ?? '') ? parsed(body) : undefined
  const named = Object.entries(headers).map(([name, value]) => [name.replaceAll('-', '_'), value])
  return {
    ...Object.fromEntries(named),
    ...(headers.location !== undefined && {location: new URL(headers.location, url).href}),
    ...cookiesOf(answered),
    ...{status, url, redirected, elapsed, msg: messageOf(asked, answered)},
    ...(asked.return_content && {content: body}),
    ...(json !== undefined && {json}),
  }
}

/** Why an answer is a failure; undefined when it is none. */
export function refusal(asked: Asked, {status, reason, url}: Answered): string | undefined {
  const {method, status_code, connect_to} = asked
  if (status_code.includes(status)) return undefined
  const what = `${method} ${url}${connect_to === undefined ? '' : ` (at ${connect_to})`}`
  if (status === -1) return `No answer from ${what}: ${reason}`
  return `${what} answered ${`${status} ${reason}`.trim()}, not ${status_code.join(' or ')}`
}

function messageOf(asked: Asked, answered: Answered): string {
  const {status, reason, headers, body} = answered
  if (status === -1) return refusal(asked, answered) ?? reason
  const length = headers.find(([name]) => name === 'content-length')?.[1] ?? Buffer.byteLength(body)
  return `${reason || status} (${length} bytes)`
}

function joined({headers}: Answered): {readonly [name: string]: string} {
  const names = [...new Set(headers.map(([name]) => name))]
  return Object.fromEntries(
    names.map(name => [
      name,
      headers
        .filter(([one]) => one === name)
        .map(([, value]) => value)
        .join(', '),
    ]),
  )
}

function cookiesOf({headers}: Answered): Values {
  const all = headers.flatMap(([name, value]) => (name === 'set-cookie' ? [value.split(';')[0] ?? ''] : []))
  const pairs = all.map(cookie => [cookie.slice(0, cookie.indexOf('=')), cookie.slice(cookie.indexOf('=') + 1)])
  return {cookies: Object.fromEntries(pairs), cookies_string: all.join('; ')}
}

function isJson(type: string): boolean {
  return /^(application|text)\/([\w.-]+\+)?(json|javascript)\b/.test(type)
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
