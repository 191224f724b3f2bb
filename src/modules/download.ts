import {type Shell, sh} from '../shell/shell.ts'

/** How a URL is asked for. */
export type Asking = {
  readonly headers?: {readonly [name: string]: string} | undefined
  readonly url_username?: string | undefined
  readonly url_password?: string | undefined
  readonly validate_certs?: boolean | undefined
  /** Seconds without an answer. */
  readonly timeout?: number | undefined
}

/** Downloads a URL into the file named by the shell variable `t`, by what the host has; a bare Debian has only apt's own tool. */
export function download(url: string, asking: Asking = {}): Shell {
  const {headers = {}, url_username, validate_certs = true, timeout = 10} = asking
  const isPlain = Object.keys(headers).length === 0 && url_username === undefined && validate_certs
  if (!isPlain) return downloadWith(url, asking)
  return sh`{ if command -v curl >/dev/null; then curl -fsSL --connect-timeout ${timeout} --retry 2 -o "$t" ${url}
elif command -v wget >/dev/null; then wget -q -T ${timeout} -t 3 -O "$t" ${url} || { echo ${`wget could not download ${url}`} >&2; false; }
elif [ -x /usr/lib/apt/apt-helper ]; then rm -f -- "$t"; out=$(/usr/lib/apt/apt-helper -o Acquire::Retries=2 download-file ${url} "$t" 2>&1) || { printf '%s\\n' "$out" | sed '/^E: Download Failed$/d' >&2; false; }
else echo 'There is neither curl nor wget nor apt-helper on this host' >&2; false; fi; }`
}

/** Headers and login are in no argument list: both programs read them from stdin. */
function downloadWith(url: string, asking: Asking): Shell {
  const {validate_certs = true, timeout = 10} = asking
  const said = linesFor(asking)
  const unsafe = validate_certs ? {curl: [], wget: []} : {curl: ['--insecure'], wget: ['--no-check-certificate']}
  return sh`{ if command -v curl >/dev/null; then printf '%s' ${said.curl} | curl -q --config - -fsSL --connect-timeout ${timeout} --retry 2 ${unsafe.curl} -o "$t" ${url}
elif command -v wget >/dev/null; then printf '%s' ${said.wget} | wget --config=/dev/stdin -q -T ${timeout} -t 3 ${unsafe.wget} -O "$t" ${url} || { echo ${`wget could not download ${url}`} >&2; false; }
else echo 'There is neither curl nor wget on this host, which headers, logins and validate_certs need' >&2; false; fi; }`
}

function linesFor({headers = {}, url_username, url_password = ''}: Asking) {
  const names = Object.entries(headers).map(([name, value]) => `${name}: ${value}`.replaceAll(/[\r\n]/g, ' '))
  const quoted = (text: string) => `"${text.replace(/["\\]/g, '\\$&')}"`
  const login = url_username === undefined ? undefined : {url_username, url_password}
  const curl = [
    ...names.map(header => `header = ${quoted(header)}\n`),
    ...(login ? [`user = ${quoted(`${login.url_username}:${login.url_password}`)}\n`] : []),
  ]
  const wget = [
    ...names.map(header => `header = ${header}\n`),
    ...(login
      ? [`http_user = ${login.url_username}\nhttp_password = ${login.url_password}\nauth_no_challenge = on\n`]
      : []),
  ]
  return {curl: curl.join(''), wget: wget.join('')}
}
