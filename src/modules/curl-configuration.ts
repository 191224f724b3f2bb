import {type Asked, bodyOf, follows, headersOf} from './http-arguments.ts'

/** A request as curl's configuration, to be read from stdin: an argument list would show it to everybody on the host. */
export function curlConfiguration(asked: Asked): string {
  const {url, timeout, url_username, url_password = '', validate_certs, use_proxy, connect_to} = asked
  const settings: readonly (readonly [name: string, value?: string | undefined])[] = [
    ['silent'],
    ['show-error'],
    ['globoff'],
    ['url', url],
    ['max-time', String(timeout)],
    ...method(asked),
    ...Object.entries(headersOf(asked)).map(([name, value]) => ['header', `${name}: ${value}`] as const),
    ['header', 'Expect:'],
    ...(url_username === undefined ? [] : [['user', `${url_username}:${url_password}`] as const]),
    ...(follows(asked) ? [['location'] as const, ['max-redirs', '10'] as const] : []),
    ...(validate_certs ? [] : [['insecure'] as const]),
    ...(use_proxy ? [] : [['noproxy', '*'] as const]),
    ...(connect_to === undefined ? [] : [['connect-to', `::${bracketed(connect_to)}:`] as const]),
    ...paths(asked),
  ]
  return settings.map(([name, value]) => (value === undefined ? `${name}\n` : `${name} = ${quoted(value)}\n`)).join('')
}

// curl itself makes GET, or POST of what has a body; a method that is named would also be used after a redirect.
function method(asked: Asked): readonly (readonly [string, string?])[] {
  const hasBody = bodyOf(asked) !== undefined
  if (asked.method === 'HEAD') return [['head']]
  if (asked.method === (hasBody ? 'POST' : 'GET')) return []
  const empty = asked.method === 'POST' ? [['header', 'Content-Length: 0'] as const] : []
  return [['request', asked.method], ...empty]
}

function paths({ca_path, client_cert, client_key, unix_socket}: Asked): readonly (readonly [string, string])[] {
  const all = {cacert: ca_path, cert: client_cert, key: client_key, 'unix-socket': unix_socket}
  return Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))
}

function bracketed(address: string): string {
  return address.includes(':') ? `[${address}]` : address
}

function quoted(value: string): string {
  const escaped = value
    .replace(/["\\]/g, '\\$&')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
  return `"${escaped}"`
}
