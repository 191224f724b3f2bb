import {spawnSync} from 'node:child_process'
import type {Value, Values} from '../../module.ts'
import {text} from '../arguments.ts'
import {isTrue} from '../printing.ts'
import {TemplateError} from '../template-error.ts'
import type {Asking, Lookup} from './lookup.ts'

/** Lookups that run a program of the controller, or ask the web from there. */
export const programs: {readonly [name: string]: Lookup} = {
  pipe: (terms, asking) => terms.map(term => output(text(term, 'pipe'), asking).trimEnd()),
  lines: (terms, asking) => terms.flatMap(term => linesOf(output(text(term, 'lines'), asking))),
  url: (terms, asking) => terms.flatMap(term => page(text(term, 'url'), asking)),
}

const most = 64 * 1024 * 1024

/** Runs a command line in the playbook's folder. */
function output(command: string, {scope}: Asking): string {
  const folder = scope.get('playbook_dir') ?? scope.lookups.folder
  const {status, stdout, stderr, error} = spawnSync('/bin/sh', ['-c', command], {
    cwd: String(folder),
    env: {...scope.lookups.environment},
    encoding: 'utf8',
    maxBuffer: most,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  if (error) throw new TemplateError(`lookup: "${command}" cannot be run: ${error.message}`)
  if (status !== 0) throw new TemplateError(`lookup: "${command}" ended with ${status}${lastLine(stderr)}`)
  return stdout
}

function lastLine(stderr: string): string {
  const line = stderr.trim().split('\n').at(-1) ?? ''
  return line === '' ? '' : `: ${line}`
}

function linesOf(content: string): readonly string[] {
  return content.replace(/\n$/, '').split(/\r?\n/)
}

/** A lookup must answer at once, and only another process can be waited for. */
const fetching = `
let asked = ''
for await (const part of process.stdin) asked += part
const {url, headers, seconds} = JSON.parse(asked)
fetch(url, {headers, signal: AbortSignal.timeout(seconds * 1000)})
  .then(async answer => {
    if (!answer.ok) throw new Error('HTTP ' + answer.status + ' ' + answer.statusText)
    process.stdout.write(await answer.text())
  })
  .catch(error => {
    process.stderr.write(String(error.cause?.message ?? error.message))
    process.exitCode = 1
  })`

function page(url: string, {options, scope}: Asking): readonly Value[] {
  const seconds = Number(options.timeout ?? 10)
  const insecure = isTrue(options.validate_certs ?? true)
    ? {}
    : {NODE_TLS_REJECT_UNAUTHORIZED: '0', NODE_NO_WARNINGS: '1'}
  const {status, stdout, stderr} = spawnSync(process.execPath, ['--input-type=module', '-e', fetching], {
    input: JSON.stringify({url, headers: headersOf(options), seconds}),
    env: {...scope.lookups.environment, ...insecure},
    encoding: 'utf8',
    maxBuffer: most,
    timeout: (seconds + 5) * 1000,
  })
  if (status !== 0) throw new TemplateError(`lookup: ${url} cannot be read${lastLine(stderr)}`)
  return isTrue(options.split_lines ?? true) ? linesOf(stdout) : [stdout]
}

function headersOf(options: Values): {readonly [name: string]: string} {
  const given = Object.entries(typeof options.headers === 'object' ? (options.headers ?? {}) : {})
  const headers = Object.fromEntries(given.map(([name, value]) => [name, String(value)]))
  if (options.username === undefined) return headers
  const login = Buffer.from(`${options.username}:${options.password ?? ''}`).toString('base64')
  return {...headers, Authorization: `Basic ${login}`}
}
