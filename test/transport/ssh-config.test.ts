import {mkdirSync, mkdtempSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {beforeEach, expect, test, vi} from 'vitest'
import {parseJumps} from '../../src/transport/jump-words.ts'
import {fromSettings, jumpHops} from '../../src/transport/jumps.ts'
import {SshConfig} from '../../src/transport/ssh-config.ts'

const home = mkdtempSync(join(tmpdir(), 'ssh-config-'))
beforeEach(() => {
  vi.stubEnv('HOME', home)
  mkdirSync(join(home, '.ssh'), {recursive: true})
  return () => vi.unstubAllEnvs()
})

/** OpenSSH itself reads this configuration. */
async function configured(text: string, ...calls: readonly (readonly string[])[]): Promise<SshConfig> {
  writeFileSync(join(home, '.ssh', 'config'), text)
  const config = new SshConfig()
  await config.load(calls)
  return config
}

const common = {
  host: 'web1',
  hostKeys: 'strict',
  policyGiven: false,
  connectTimeout: 10,
  passphrases: new Map(),
} as const

test('says what OpenSSH says', async () => {
  const config = await configured(
    `
    Host web*
      HostName %h.example.com
      Port 2200
      User deploy
      IdentityFile ~/.ssh/one
      IdentityFile %d/.ssh/two-%r
      IdentitiesOnly yes
      IdentityAgent /run/agent
      UserKnownHostsFile /etc/own /etc/own2
      GlobalKnownHostsFile /etc/known
      StrictHostKeyChecking accept-new
      HostKeyAlias farm
      ConnectTimeout 7
      ProxyCommand nc -X %r %h %p 100%%
  `,
    ['web1'],
  )
  expect(config.settings(['web1'])).toEqual({
    hostName: 'web1.example.com',
    port: 2200,
    user: 'deploy',
    identityFiles: [join(home, '.ssh/one'), join(home, '.ssh/two-deploy')],
    identitiesOnly: true,
    identityAgent: '/run/agent',
    knownHostsFiles: ['/etc/own', '/etc/own2', '/etc/known'],
    hostKeyAlias: 'farm',
    hostKeys: 'accept-new',
    connectTimeout: 7,
    proxyJump: undefined,
    proxyCommand: 'nc -X deploy web1.example.com 2200 100%',
  })
})

test('leaves open what nobody configured', async () => {
  const config = await configured('Host other\n  Port 1\n', ['-l', 'me', 'web1'])
  const {knownHostsFiles, ...rest} = config.settings(['-l', 'me', 'web1']) ?? {}
  expect(knownHostsFiles).toContain(join(home, '.ssh/known_hosts'))
  expect(rest).toEqual({
    hostName: 'web1',
    port: 22,
    user: 'me',
    identityFiles: undefined,
    identitiesOnly: false,
    identityAgent: undefined,
    hostKeyAlias: undefined,
    hostKeys: undefined,
    connectTimeout: undefined,
    proxyJump: undefined,
    proxyCommand: undefined,
  })
})

test('puts options before the configuration', async () => {
  const words = ['-o', 'StrictHostKeyChecking=no', '-J', 'none', '-p', '2022', 'web1']
  const config = await configured('Host web1\n  Port 2200\n  ProxyJump jump\n', words)
  const {port, hostKeys, proxyJump} = config.settings(words) ?? {}
  expect({port, hostKeys, proxyJump}).toEqual({port: 2022, hostKeys: 'off', proxyJump: undefined})
})

test('finds the jump hosts of jump hosts, each with its own settings', async () => {
  const config = await configured(
    `
    Host inner
      ProxyJump me@outer:2222,middle
    Host outer
      HostName 192.0.2.1
      ProxyJump gate
      ConnectTimeout 3
    Host middle
      ProxyCommand false
      User other
    Host gate
      ProxyCommand nc %h %p
      ProxyJump none
    Host *
      User anybody
  `,
    ['inner'],
  )
  const hops = jumpHops(config.settings(['inner'])?.proxyJump, config, common)
  expect(
    hops.map(({jump, address, port, user, connectTimeout, proxyCommand}) => [
      jump,
      address,
      port,
      user,
      connectTimeout,
      proxyCommand,
    ]),
  ).toEqual([
    ['gate', 'gate', 22, 'anybody', 10, 'nc gate 22'],
    ['outer', '192.0.2.1', 2222, 'me', 3, undefined],
    ['middle', 'middle', 22, 'other', 10, undefined],
  ])
})

test('says that jump hosts go in a circle', async () => {
  const config = await configured('Host a\n  ProxyJump b\nHost b\n  ProxyJump a\n', ['web1'])
  expect(() => jumpHops('a', config, common)).toThrow('the jump hosts of web1 go in a circle: a, b, a')
})

test('says what OpenSSH refuses, and where', async () => {
  await expect(configured('Host web1\n  Prot 22\n', ['web1'])).rejects.toThrow(
    `OpenSSH refuses its configuration for web1: ${home}/.ssh/config: line 2: Bad configuration option: prot; ${home}/.ssh/config: terminating, 1 bad configuration options`,
  )
})

test('a policy of the command line stands above the configuration', async () => {
  const config = await configured('StrictHostKeyChecking no\n', ['web1'])
  const settings = config.settings(['web1'])
  expect(fromSettings(settings, common).hostKeys).toBe('off')
  expect(fromSettings(settings, {...common, policyGiven: true}).hostKeys).toBe('strict')
})

test('reads jump words with user, port and IPv6 address', () => {
  expect(parseJumps('none')).toEqual([])
  expect(parseJumps('ssh://me@one:2222, two,a@b@[2001:db8::1]:22').map(({name, words}) => [name, words])).toEqual([
    ['one', ['-l', 'me', '-p', '2222', 'one']],
    ['two', ['two']],
    ['2001:db8::1', ['-l', 'a@b', '-p', '22', '2001:db8::1']],
  ])
})
