import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, beforeEach, describe, expect, test} from 'vitest'
import {driftFolder} from './drift-folder.ts'
import {mailServer, makeAuthority} from './mail-server.ts'
import {provision} from './program.ts'

const {folder, put} = driftFolder()
const authority = makeAuthority(folder)
const password = 'sentinel/of the@server'
const servers = {
  smtp: await mailServer({pem: authority.own, secure: false, password}),
  smtps: await mailServer({pem: authority.own, secure: true, password}),
  elsewhere: await mailServer({pem: authority.other, secure: false, password}),
}
afterAll(() => Object.values(servers).map(server => server.close()))

const address = (server: keyof typeof servers, login = `me:${encodeURIComponent(password)}`) =>
  `${server === 'smtps' ? server : 'smtp'}://${login}@127.0.0.1:${servers[server].port}`

/** A look that has a change to tell of to a mailbox that hears of nothing else; what it said of telling. */
let mailboxes = 0
const look = async (url: string, ca = 'ca.pem') => {
  mailboxes += 1
  return (await lookFor(`mailto:me${mailboxes}@example.com`, url, ca)).replace(`me${mailboxes}@`, 'me@')
}
const lookFor = async (target: string, url: string, ca: string) => {
  const words = ['drift', '-i', 'hosts.yml', 'play.yml', '--limit', 'web1', '--notify', target]
  const environment = {PROVISION_SMTP_URL: url, PROVISION_SMTP_FROM: 'drift@example.com', PROVISION_SMTP_CA: ca}
  const {stdout, stderr} = await provision(folder, words, {environment})
  expect(stdout + stderr).not.toContain('sentinel')
  return stderr
}

/** A letter without what is never the same. */
const steady = (text: string) =>
  text
    .replaceAll('\r\n', '\n')
    .replace(/^Date: .*$/m, 'Date: TIME')
    .replace(/^Message-ID: <[0-9a-f]{16,}@provision>$/m, 'Message-ID: <ID@provision>')
    .replaceAll(/-[0-9a-f]{8}\b/g, '-ID')

beforeEach(() => put('a', 'two\n'))

describe('a letter about drift', () => {
  test.each(['smtp', 'smtps'] as const)('comes once, over TLS and with a login: %s', async kind => {
    const target = `mailto:${kind}@example.com`
    const first = await lookFor(target, address(kind), 'ca.pem')
    expect(first).toBe(`${target} was told: web1 drifted\n`)
    expect(await lookFor(target, address(kind), 'ca.pem')).toBe('')
    const {letters, logins} = servers[kind]
    expect(logins).toEqual(['me'])
    expect(letters.map(({user, isEncrypted, to}) => ({user, isEncrypted, to}))).toEqual([
      {user: 'me', isEncrypted: true, to: `${kind}@example.com`},
    ])
    expect(steady(letters[0]?.letter ?? '').replaceAll(kind, 'KIND')).toMatchInlineSnapshot(`
      "From: drift@example.com
      To: KIND@example.com
      Subject: provision: web1: drifted (was in order)
      Message-ID: <ID@provision>
      Content-Transfer-Encoding: 7bit
      Date: TIME
      MIME-Version: 1.0
      Content-Type: text/plain; charset=utf-8

      provision: hosts-play-ID
      web1: drifted (was in order)
        - A file [configuration]
      "
    `)
  })

  test('comes once where the server takes it at the second attempt', async () => {
    const {letters, answers} = servers.smtp
    letters.length = 0
    answers.push(451)
    expect(await look(address('smtp'))).toBe('mailto:me@example.com was told: web1 drifted\n')
    expect(letters).toHaveLength(1)
  })

  test('is tried once where the server refuses it, or the login', async () => {
    const {letters, answers, logins} = servers.smtp
    letters.length = 0
    logins.length = 0
    answers.push(554)
    expect(await look(address('smtp'))).toMatchInlineSnapshot(`
      "mailto:me@example.com was not told: it answered 554; the next look tries again
      "
    `)
    expect(await look(address('smtp', 'me:wrong'))).toMatchInlineSnapshot(`
      "mailto:me@example.com was not told: it refused the login; the next look tries again
      "
    `)
    expect(logins).toEqual(['me', 'me'])
    expect(letters).toEqual([])
  })

  test('does not come to a server that is not the right one, and the password neither', async () => {
    const {logins, letters} = servers.elsewhere
    expect(await look(address('elsewhere'))).toMatchInlineSnapshot(`
      "mailto:me@example.com was not told: its certificate is for another name; the next look tries again
      "
    `)
    expect(await look(address('smtp'), '')).toMatchInlineSnapshot(`
      "mailto:me@example.com was not told: its certificate is signed by no authority that is trusted here; the next look tries again
      "
    `)
    expect(await look(address('smtps'), '')).toMatchInlineSnapshot(`
      "mailto:me@example.com was not told: its certificate is signed by no authority that is trusted here; the next look tries again
      "
    `)
    expect({logins, letters}).toEqual({logins: [], letters: []})
  })

  test('is refused before anybody looks, where the authority cannot be read', async () => {
    writeFileSync(join(folder, 'empty.pem'), '')
    expect(await look(address('smtp'), 'none.pem')).toMatchInlineSnapshot(`
      "error: PROVISION_SMTP_CA: none.pem is not there
      Expected a file with certificates of authorities, in PEM.
      "
    `)
    expect(await look(address('smtp'), 'empty.pem')).toMatchInlineSnapshot(`
      "error: PROVISION_SMTP_CA: empty.pem holds no certificate
      Expected a file with certificates of authorities, in PEM.
      "
    `)
  })
})
