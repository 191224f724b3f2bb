import {type ChildProcess, spawn} from 'node:child_process'
import {once} from 'node:events'
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import type {IncomingMessage, ServerResponse} from 'node:http'
import {createServer, request, type Server} from 'node:https'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {gateway} from '../../../src/sandbox/addresses.ts'
import {run, succeeds} from '../../../src/sandbox/local-command.ts'
import {installPackages} from '../../../src/sandbox/machine.ts'
import type {SandboxHost} from '../../../src/sandbox/sandbox.ts'
import {onHost} from './look.ts'
import {until} from './until.ts'

/** The address of the authority on the sandbox network. */
export const acmeAddress = '198.18.0.3'
const bridge = 'provision0'
const names = ['acme-v02.api.letsencrypt.org', 'acme-staging-v02.api.letsencrypt.org']
/** Days for which a certificate is valid: so few that certbot finds each one due for renewal. */
const days = 5

const pebble = {host: '127.0.0.1', port: 14_000, rejectUnauthorized: false, agent: false} as const

/** What the front says instead of pebble, with ACME's own kinds of problems. */
export type Refusal = {readonly status: number; readonly type: string; readonly detail: string}

/**
 * Let's Encrypt as the hosts of the sandbox see it: pebble (Let's Encrypt's own test server, which really looks at port
 * 80 of the domain) behind a front with Let's Encrypt's names, so that certbot is called as it is on a real host.
 */
export class Acme {
  readonly #folder = mkdtempSync(join(tmpdir(), 'provision-acme-'))
  #pebble: ChildProcess | undefined
  #front: Server | undefined
  /** New orders, by the name of the server that was asked. */
  readonly orders: string[] = []
  /** While it is set, no order is taken. */
  refusal: Refusal | undefined

  async start(): Promise<void> {
    if (!(await succeeds`command -v pebble`)) {
      console.log('installing Debian packages on this machine: pebble')
      await installPackages(['pebble'])
    }
    await run`ip address replace ${`${acmeAddress}/24`} dev ${bridge}`
    await this.#makeAuthority()
    await this.#startPebble()
    const {key, cert} = this.#files('front')
    this.#front = createServer({key, cert}, (asked, answer) => this.#forward(asked, answer))
    this.#front.listen(443, acmeAddress)
    await once(this.#front, 'listening')
  }

  /** Has a host find and trust this authority where it would look for Let's Encrypt. */
  async knownTo(host: SandboxHost): Promise<void> {
    const authority = readFileSync(join(this.#folder, 'authority.crt'), 'utf8')
    await onHost(host, `cat >/usr/local/share/ca-certificates/acme-test.crt <<'EOF'\n${authority}EOF`)
    await onHost(host, `update-ca-certificates >/dev/null 2>&1; echo ${acmeAddress} ${names.join(' ')} >>/etc/hosts`)
  }

  async stop(): Promise<void> {
    this.#front?.closeAllConnections()
    if (this.#front?.listening) await new Promise(resolve => this.#front?.close(resolve))
    if (this.#pebble?.exitCode === null) {
      this.#pebble.kill()
      await once(this.#pebble, 'exit')
    }
    await succeeds`ip address delete ${`${acmeAddress}/24`} dev ${bridge}`
    rmSync(this.#folder, {recursive: true})
  }

  async #makeAuthority(): Promise<void> {
    const folder = this.#folder
    const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
    await run`openssl req -x509 ${curve} -days 9 -subj '/CN=ACME of a test' -keyout ${folder}/authority.key -out ${folder}/authority.crt`
    const altNames = [...names.map(name => `DNS:${name}`), 'DNS:localhost'].join(',')
    await run`openssl req -x509 ${curve} -days 9 -subj /CN=acme -addext ${`subjectAltName=${altNames}`} -addext basicConstraints=critical,CA:FALSE \
      -CA ${folder}/authority.crt -CAkey ${folder}/authority.key -keyout ${folder}/front.key -out ${folder}/front.crt`
  }

  async #startPebble(): Promise<void> {
    const configuration = {
      pebble: {
        listenAddress: '127.0.0.1:14000',
        managementListenAddress: '127.0.0.1:15000',
        certificate: join(this.#folder, 'front.crt'),
        privateKey: join(this.#folder, 'front.key'),
        httpPort: 80,
        tlsPort: 443,
        certificateValidityPeriod: days * 86_400,
      },
    }
    const file = join(this.#folder, 'pebble.json')
    writeFileSync(file, JSON.stringify(configuration))
    const env = {...process.env, PEBBLE_VA_NOSLEEP: '1', PEBBLE_WFE_NONCEREJECT: '0'}
    this.#pebble = spawn('pebble', ['-config', file, '-dnsserver', `${gateway}:53`], {env, stdio: 'ignore'})
    await until(() => once(request({...pebble, path: '/dir'}).end(), 'response'), 20)
  }

  #forward(asked: IncomingMessage, answer: ServerResponse): void {
    const path = asked.url === '/directory' ? '/dir' : asked.url
    if (path?.startsWith('/order-plz')) {
      this.orders.push(asked.headers.host ?? '')
      if (this.refusal) return this.#refuse(answer, this.refusal)
    }
    const {method, headers} = asked
    const on = request(
      {...pebble, path, method, headers},
      said => void said.pipe(answer.writeHead(said.statusCode ?? 502, said.headers)),
    )
    on.on('error', () => answer.destroy())
    asked.pipe(on)
  }

  #refuse(answer: ServerResponse, {status, type, detail}: Refusal): void {
    const body = JSON.stringify({type: `urn:ietf:params:acme:error:${type}`, detail, status})
    answer.writeHead(status, {'content-type': 'application/problem+json', 'replay-nonce': 'none'}).end(body)
  }

  #files(name: string): {readonly key: Buffer; readonly cert: Buffer} {
    const read = (end: string) => readFileSync(join(this.#folder, `${name}.${end}`))
    return {key: read('key'), cert: read('crt')}
  }
}
