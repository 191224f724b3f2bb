// Certificates of Let's Encrypt, ordered by stock certbot from a stand-in that really looks at port 80 of the domain.

import {once} from 'node:events'
import {readFileSync} from 'node:fs'
import {createServer} from 'node:http'
import {join} from 'node:path'
import {afterAll, afterEach, beforeAll, describe, expect, test} from 'vitest'
import {packageRoot} from '../../src/package-root.ts'
import {gateway} from '../../src/sandbox/addresses.ts'
import {forgetName, publishName} from '../../src/sandbox/name-service.ts'
import {type SandboxHost, sandboxDown, sandboxUp} from '../../src/sandbox/sandbox.ts'
import {Acme, acmeAddress} from './support/acme.ts'
import {type RunReport, Workplace} from './support/command.ts'
import {https, onHost} from './support/look.ts'
import {Visitor} from './support/visitor.ts'

const name = 'acme-test'
const domain = `${name}.sandbox.test`
const place = new Workplace()
const acme = new Acme()
let host: SandboxHost

const inventory = place.write(
  'prod.yml',
  readFileSync(join(packageRoot, 'inventory', 'sandbox.yml'), 'utf8')
    .replace('chat1:', `${name}:`)
    .replace('chat.sandbox.test', domain),
)

beforeAll(async () => {
  const [made] = await sandboxUp({names: [name], say: line => console.log(line)})
  if (!made) throw new Error('no host')
  host = made
  await acme.start()
  await acme.knownTo(host)
})

afterAll(async () => {
  await acme.stop()
  await sandboxDown({names: [name], say: () => {}})
  place.remove()
})

/** Runs the site with these inputs besides the sandbox's own. */
function site(inputs: {readonly [name: string]: unknown} = {}, ...more: readonly string[]): Promise<RunReport> {
  const all = {
    chatwoot_tls: 'letsencrypt',
    chatwoot_tls_trusted: false,
    chatwoot_tls_min_days: 3,
    chatwoot_name_servers: [gateway],
    ...inputs,
  }
  return place.report(['--inventory', inventory, '-e', JSON.stringify(all), ...more])
}

/** What a failed run says: the task, and its message. */
const said = ({tasks}: RunReport) =>
  tasks.flatMap(({task, failure}) => (failure ? [[task, failure.message, failure.hint ?? ''].map(masked)] : []))

/** Without what is another one each time. */
const masked = (text: string) =>
  text.replaceAll(host.address, 'ADDRESS').replace(/acme-challenge\/[\w-]{43}/, 'acme-challenge/TOKEN')

const changed = (report: RunReport) => report.tasks.filter(one => one.status === 'changed').map(({task}) => task)

const served = async (asked = domain) => (await https(host, asked, '/api')).certificate

describe('an order that would fail is not made', () => {
  afterEach(() => expect(acme.orders).toEqual([]))

  test('when the domain does not resolve; the site is up all the same', async () => {
    const report = await site({chatwoot_domain: 'nowhere.sandbox.test'})
    expect(report.exit).toBe(1)
    expect(said(report)).toMatchInlineSnapshot(`
      [
        [
          "The authority will find this host",
          "nowhere.sandbox.test does not resolve to any address",
          "Have the name point to the host (as provision reaches it: ADDRESS) and let port 80 through",
        ],
      ]
    `)
    expect((await https(host, 'nowhere.sandbox.test', '/api')).status).toBe(200)
  })

  test('when port 80 is closed', async () => {
    const rule = 'FORWARD -p tcp --dport 80 -j REJECT --reject-with tcp-reset'
    await onHost(host, `iptables -I ${rule}`)
    const report = await site()
    await onHost(host, `iptables -D ${rule}`)
    expect(said(report)).toMatchInlineSnapshot(`
      [
        [
          "The authority will find this host",
          "acme-test.sandbox.test (ADDRESS) does not answer on port 80: connect ECONNREFUSED ADDRESS:80",
          "Have the name point to the host (as provision reaches it: ADDRESS) and let port 80 through",
        ],
      ]
    `)
    expect((await https(host, domain, '/api')).status).toBe(200)
  })

  test('when domains lead to other machines', async () => {
    const other = createServer(({headers}, answer) =>
      answer.writeHead(headers.host?.startsWith('acme-test-a') ? 404 : 200).end('hello'),
    )
    other.listen(80, acmeAddress)
    await once(other, 'listening')
    const names = ['acme-test-a', 'acme-test-b']
    for (const one of names) await publishName(one, acmeAddress)
    const report = await site({chatwoot_extra_domains: names.map(one => `${one}.sandbox.test`)})
    for (const one of names) await forgetName(one)
    other.close()
    expect(said(report)).toMatchInlineSnapshot(`
      [
        [
          "The authority will find this host",
          "acme-test-a.sandbox.test (198.18.0.3) answers 404 on port 80 for /.well-known/acme-challenge/provision
      acme-test-b.sandbox.test (198.18.0.3) serves something else for /.well-known/acme-challenge/provision: is it another machine?",
          "Have each name point to the host (as provision reaches it: ADDRESS) and let port 80 through",
        ],
      ]
    `)
  })
})

describe('an authority that refuses', () => {
  test('is asked at its staging server only while nginx serves another folder', async () => {
    // The container goes on with the folder that it was started with.
    await onHost(host, 'cd /opt/chatwoot && mv acme acme.before && mkdir acme')
    const report = await site()
    await onHost(host, 'cd /opt/chatwoot && rm -r acme && mv acme.before acme')
    expect(said(report)).toMatchInlineSnapshot(`
      [
        [
          "The site has its certificate",
          "Detail: Non-200 status code from HTTP: http://acme-test.sandbox.test:80/.well-known/acme-challenge/TOKEN returned 404",
          "",
        ],
      ]
    `)
    expect(acme.orders).toEqual(['acme-staging-v02.api.letsencrypt.org'])
    expect((await https(host, domain, '/api')).status).toBe(200)
  })

  test('is heard, and the site keeps serving', async () => {
    const detail =
      'too many certificates (5) already issued for this exact set of identifiers, retry after 2099-01-02 03:04:05 UTC'
    acme.refusal = {status: 429, type: 'rateLimited', detail}
    const before = await served()
    const report = await site()
    acme.refusal = undefined
    expect(said(report)).toMatchInlineSnapshot(`
      [
        [
          "The site has its certificate",
          "too many certificates (5) already issued for this exact set of identifiers, retry after 2099-01-02 03:04:05 UTC",
          "",
        ],
      ]
    `)
    expect(await served()).toBe(before)
  })

  test('is left alone until the time that it said', async () => {
    const {length} = acme.orders
    expect(said(await site())).toMatchInlineSnapshot(`
      [
        [
          "It is known whether a certificate has to be ordered",
          "The authority refused the last order and asks to be left alone until 2099-01-02 03:04:05 UTC",
          "Run again after that. Until then the certificate that is there goes on being served.",
        ],
      ]
    `)
    expect(acme.orders).toHaveLength(length)
    await onHost(host, 'rm /var/lib/provision/acme/chatwoot.wait')
  })
})

describe('a certificate', () => {
  test('is ordered, first from the staging server, and no request fails meanwhile', async () => {
    const before = await served()
    const visitor = new Visitor(host, domain)
    acme.orders.length = 0
    const report = await site()
    const visits = await visitor.leave()
    expect(said(report)).toEqual([])
    expect(acme.orders).toEqual(['acme-staging-v02.api.letsencrypt.org', 'acme-v02.api.letsencrypt.org'])
    expect(await served()).not.toBe(before)
    expect(visits.failed).toEqual([])
  })

  test('is not ordered again', async () => {
    acme.orders.length = 0
    const report = await site()
    expect(changed(report)).toEqual([])
    expect(report.exit).toBe(0)
    expect(acme.orders).toEqual([])
  })

  test('is renewed by the timer of certbot when it is due, and no request fails meanwhile', async () => {
    const before = await served()
    const visitor = new Visitor(host, domain)
    await onHost(host, 'systemctl start certbot.service')
    // nginx starts its new workers after the signal was sent: for a moment the old ones still answer
    await expect.poll(() => served(), {timeout: 30_000}).not.toBe(before)
    const visits = await visitor.leave()
    expect(visits.failed).toEqual([])
    expect(changed(await site())).toEqual([])
  })

  test('goes on being served when its renewal fails; the proof tells that it ends soon', async () => {
    acme.refusal = {status: 500, type: 'serverInternal', detail: 'The service is down for maintenance'}
    const before = await served()
    await onHost(host, 'systemctl start certbot.service || true')
    acme.refusal = undefined
    expect(await served()).toBe(before)
    const report = await site({chatwoot_tls_min_days: 20}, 'verify.yml')
    expect(said(report).map(lines => lines.join('\n').replace(/on \w.* GMT/, 'on DAY'))).toMatchInlineSnapshot(`
      [
        "The certificate is the right one
      The certificate of acme-test.sandbox.test ends on DAY, in less than 20 days
      ",
      ]
    `)
  })

  test('makes way for one of the host and comes back without an order, and no request fails meanwhile', async () => {
    const before = await served()
    acme.orders.length = 0
    const visitor = new Visitor(host, domain)
    expect(said(await site({chatwoot_tls: 'selfsigned'}))).toEqual([])
    const between = await served()
    expect(said(await site())).toEqual([])
    const visits = await visitor.leave()
    expect([between === before, (await served()) === before]).toEqual([false, true])
    expect(acme.orders).toEqual([])
    expect(visits.failed).toEqual([])
  })
})
