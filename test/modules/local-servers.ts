import {execFileSync} from 'node:child_process'
import {mkdtempSync, readFileSync} from 'node:fs'
import {createServer as createHttp, type RequestListener} from 'node:http'
import {createServer as createHttps} from 'node:https'
import type {AddressInfo, Server} from 'node:net'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {variableFiles} from '../../src/engine/variable-files.ts'
import {UnreachableError} from '../../src/errors.ts'
import type {Controller, ControllerModule, Module, Outcome, Values} from '../../src/module.ts'
import {Variables} from '../../src/template/variables.ts'

/** A key and certificates of a test, made anew each time: one for chat.test, one for it that has ended. */
export function makeCertificates() {
  const folder = mkdtempSync(join(tmpdir(), 'certificates-'))
  const make = (name: string, days: number) => {
    const files = {key: join(folder, `${name}.key`), certificate: join(folder, `${name}.pem`)}
    const subject = ['-subj', '/CN=chat.test', '-addext', 'subjectAltName=DNS:chat.test']
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', files.key]
    execFileSync('openssl', ['req', '-x509', ...key, '-out', files.certificate, '-days', String(days), ...subject], {
      stdio: 'ignore',
    })
    return {...files, pem: {key: readFileSync(files.key), cert: readFileSync(files.certificate)}}
  }
  return {folder, lasting: make('lasting', 90), short: make('short', 2)}
}

/** Starts an HTTP server on a free port of this machine. */
export function listenHttp(answer: RequestListener): Promise<{server: Server; port: number}> {
  return listen(createHttp(answer))
}

/** Starts an HTTPS server on a free port of this machine. */
export function listenHttps(
  pem: {readonly key: Buffer; readonly cert: Buffer},
  answer: RequestListener,
): Promise<{server: Server; port: number}> {
  return listen(createHttps(pem, answer))
}

/** Listens on a free port of 127.0.0.1. */
export function listen<Any extends Server>(server: Any): Promise<{server: Any; port: number}> {
  return new Promise(resolve => {
    server.listen(0, '127.0.0.1', () => resolve({server, port: (server.address() as AddressInfo).port}))
  })
}

/** The files of variables of a task in a folder that has none. */
export const noFiles = variableFiles(
  {role: undefined, source: {file: '/nowhere/site.yml', line: 1, column: 1}},
  new Variables([]),
)

const unreachable = () => Promise.reject(new UnreachableError('chat1', 'there is no host behind this test'))

/** What a module has that needs no host and asks nobody. */
export const alone: Pick<Controller, 'remote' | 'ask'> = {
  remote: {local: false, run: unreachable, reopen: unreachable},
  ask: undefined,
}

/** Runs a controller module, or a module's view from outside, as the engine would, for a host at 127.0.0.1. */
export function runModule(module: Module, args: Values, change: Partial<Controller> = {}): Promise<Outcome> {
  const controller: Controller = {
    ...alone,
    host: 'chat1',
    address: '127.0.0.1',
    check: false,
    variable: () => undefined,
    evaluate: () => null,
    test: () => true,
    signal: new AbortController().signal,
    files: noFiles,
    ...change,
  }
  return controllerModuleOf(module).bind(args)(controller)
}

function controllerModuleOf(module: Module): ControllerModule {
  const found = module.kind === 'host' ? module.outside : module
  if (!found) throw new Error(`${module.name} does nothing on the controller`)
  return found
}
