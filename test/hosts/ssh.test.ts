import {type ChildProcess, execFile, spawn} from 'node:child_process'
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {promisify} from 'node:util'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {sandboxDown, sandboxUp} from '../../src/sandbox/sandbox.ts'
import {folderWith, provision} from '../cli/program.ts'
import {BadHost, hello} from './support/bad-host.ts'
import {onTerminal} from './support/terminal.ts'
import {until} from './support/until.ts'

const execute = promisify(execFile)
const program = join(import.meta.dirname, '../../dist/cli.js')
const names = ['ssh-test-1', 'ssh-test-2', 'ssh-test-3']
/** A network that only the three hosts are in: this machine reaches it by way of them alone. */
const inside = ['198.19.77.1', '198.19.77.2', '198.19.77.3']
const secret = 'sentinel-of-the-tests'
const keys = mkdtempSync(join(tmpdir(), 'provision-ssh-keys-'))
const lockedKey = join(keys, 'locked')
const socket = join(keys, 'agent')
let agent: ChildProcess
let host: BadHost
let middle: BadHost
let gate: BadHost

beforeAll(async () => {
  const hosts = (await sandboxUp({names, say: line => console.log(line)})).map(one => new BadHost(one))
  const [first, second, third] = names.map(name => hosts.find(one => one.host.name === name))
  if (!first || !second || !third) throw new Error('the sandbox gave no hosts')
  host = first
  middle = second
  gate = third
  await Promise.all([makeKeys(), ...[host, middle, gate].map(prepare)])
})

afterAll(async () => {
  agent?.kill()
  rmSync(keys, {recursive: true, force: true})
  await sandboxDown({names, say: () => {}})
})

/** An encrypted key, and an agent with five keys that no host knows before the right one. */
async function makeKeys(): Promise<void> {
  agent = spawn('ssh-agent', ['-D', '-a', socket], {stdio: 'ignore'})
  const others = ['one', 'two', 'three', 'four', 'five', 'six'].map(name => join(keys, name))
  await Promise.all([
    ...others.map(file => execute('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', file])),
    execute('ssh-keygen', ['-q', '-t', 'ed25519', '-N', secret, '-f', lockedKey]),
  ])
  const ask = join(keys, 'ask.sh')
  writeFileSync(ask, `#!/bin/sh\necho ${secret}\n`, {mode: 0o700})
  const env = {...process.env, SSH_AUTH_SOCK: socket, SSH_ASKPASS: ask, SSH_ASKPASS_REQUIRE: 'force'}
  await until(() => execute('ssh-add', ['-q', ...others, lockedKey], {env}), 10)
}

/** Gives a host its inner address, an SSH server there, and a user who has a password and the encrypted key. */
async function prepare(one: BadHost, index: number): Promise<void> {
  const password = ['Match User asked', 'PasswordAuthentication no', 'KbdInteractiveAuthentication yes']
  const server = ['PerSourcePenalties no', 'ListenAddress 0.0.0.0', `ListenAddress ${inside[index]}:2222`, ...password]
  await one.addUser('keyed', secret)
  await one.addUser('asked', secret)
  await one.root(
    `ip address add ${inside[index]}/24 dev eth0 && printf '%s\\n' ${server.map(line => `'${line}'`).join(' ')} ` +
      '>/etc/ssh/sshd_config.d/test.conf && rm /home/asked/.ssh/authorized_keys && echo "keyed ALL=(ALL) ALL" ' +
      '>/etc/sudoers.d/keyed && systemctl restart ssh',
  )
  await until(() => execute('test', ['-e', `${lockedKey}.pub`]), 10)
  const {stdout} = await execute('cat', [`${lockedKey}.pub`])
  await one.root(`echo '${stdout.trim()}' >/home/keyed/.ssh/authorized_keys`)
}

/** The true keys of all hosts, by their outer and inner addresses. */
function knownHosts(): string {
  return [host, middle, gate]
    .flatMap((one, index) =>
      one.knownHosts.split('\n').flatMap(line => {
        const [who = '', ...key] = line.split(' ')
        return who.startsWith(`${one.host.name},`)
          ? [`${one.host.address},[${inside[index]}]:2222 ${key.join(' ')}`]
          : []
      }),
    )
    .map(line => `${line}\n`)
    .join('')
}

/** A folder that is a home, with this configuration of OpenSSH and an inventory of web1. */
function home(config: string, variables: object = {}, more: {readonly [file: string]: string} = {}): string {
  const web1 = {ansible_user: 'deploy', ...variables}
  return folderWith({
    'hosts.yml': JSON.stringify({all: {hosts: {web1}}}),
    'play.yml': hello,
    '.ssh/known_hosts': knownHosts(),
    '.ssh/config': config,
    ...more,
  })
}

async function run(folder: string, ...words: readonly string[]): Promise<string> {
  const shown = host.shown(await provision(folder, ['-i', 'hosts.yml', 'play.yml', ...words]))
  return [middle, gate].reduce((text, one) => text.replaceAll(one.host.address, one.host.name), shown)
}

/** What is told of web1 alone. */
async function fate(folder: string, ...words: readonly string[]): Promise<string> {
  const lines = (await run(folder, ...words)).split('\n')
  const [first = '', ...rest] = lines.filter(line => /^(?:error:|unreachable|web1 {2}|exit| {2}hint)/.test(line))
  return [first, ...rest.filter(line => !line.startsWith('web1  0'))].join('\n')
}

/** The configuration that leads to the host by way of two others, the second of which only the first reaches. */
const twoJumps = () => `
Host web1
  HostName ${inside[0]}
  Port 2222
  IdentityFile ${host.host.keyFile}
  ProxyJump middle
Host middle
  HostName ${inside[1]}
  Port 2222
  User deploy
  IdentityFile ${host.host.keyFile}
  ProxyJump deploy@gate
Host gate
  HostName ${gate.host.address}
  IdentityFile ${host.host.keyFile}
`

const reached = 'exit 0\nweb1  1 ok  0 changed  2 trips'

describe('jump hosts', () => {
  test('of jump hosts lead to the host', async () => {
    expect(await fate(home(twoJumps()))).toBe(reached)
    expect(
      await middle.root('journalctl -u ssh --no-pager -o cat | grep "^Accepted publickey for deploy from 198.19.77.3"'),
    ).not.toBe('')
  })

  test('may be named in the inventory, and need no configuration', async () => {
    const {keyFile} = host.host
    const variables = {
      ansible_host: inside[0],
      ansible_port: 2222,
      ansible_ssh_private_key_file: keyFile,
      ansible_ssh_common_args: `-J deploy@${gate.host.address}`,
    }
    const config = `Host ${gate.host.address}\n  IdentityFile ${keyFile}\n`
    expect(await fate(home(config, variables))).toBe(reached)
    const proxy = `ssh -F none -i ${keyFile} -o UserKnownHostsFile=${host.host.knownHostsFile} -W %h:%p deploy@${gate.host.address}`
    expect(await fate(home('', {...variables, ansible_ssh_common_args: `-o 'ProxyCommand ${proxy}'`}))).toBe(reached)
  })

  test('are logged in to once for all hosts behind them', async () => {
    const {keyFile} = host.host
    const ways = [inside[0], inside[1]].map((address, index) => [
      `web${index + 1}`,
      {ansible_host: address, ansible_user: 'deploy'},
    ])
    const config = `Host 198.19.77.*\n  Port 2222\n  IdentityFile ${keyFile}\n  ProxyJump gate\nHost gate\n  HostName ${gate.host.address}\n  User deploy\n  IdentityFile ${keyFile}\n`
    const folder = home(config, {}, {'hosts.yml': JSON.stringify({all: {hosts: Object.fromEntries(ways)}})})
    const logins = async () =>
      Number(await gate.root('journalctl -u ssh --no-pager -o cat | grep -c "^Accepted publickey for deploy" || true'))
    const before = await logins()
    expect((await provision(folder, ['-i', 'hosts.yml', 'play.yml'])).exit).toBe(0)
    expect((await logins()) - before).toBe(1)
  })

  test('must show their known keys, each of them', async () => {
    const {stdout} = await execute('ssh-keygen', ['-yf', join(keys, 'one')])
    const other = stdout.split(' ').slice(0, 2).join(' ')
    const wrong = knownHosts().replaceAll(
      new RegExp(`^${gate.host.address},.* .*$`, 'gm'),
      `${gate.host.address} ${other}`,
    )
    expect(await fate(home(twoJumps(), {}, {'.ssh/known_hosts': wrong}))).toMatchInlineSnapshot(`
      "exit 4
      unreachable  web1  jump host gate: the host key of ssh-test-3 has changed: it now shows ssh-ed25519 SHA256:FINGERPRINT, and FOLDER/.ssh/known_hosts has another
        hint      somebody may be in between, or the host was installed anew; if you know it was: ssh-keygen -R 'ssh-test-3' -f FOLDER/.ssh/known_hosts"
    `)
    const unknown = knownHosts().replaceAll(`[${inside[1]}]:2222`, 'other')
    expect(await fate(home(twoJumps(), {}, {'.ssh/known_hosts': unknown}))).toMatchInlineSnapshot(`
      "exit 4
      unreachable  web1  jump host middle: the host key of [198.19.77.2]:2222 is not known: ssh-ed25519 SHA256:FINGERPRINT
        hint      compare the fingerprint with the host's own (on its console: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub), then trust exactly this key: echo '[198.19.77.2]:2222 ssh-ed25519 PUBLIC-KEY' >> FOLDER/.ssh/known_hosts; or run with --host-keys accept-new"
    `)
  })

  test('that fail are told by their names', async () => {
    expect(await fate(home(twoJumps().replace('Host gate', 'Host gate\n  Port 2')))).toMatchInlineSnapshot(`
      "exit 4
      unreachable  web1  jump host gate: cannot connect to ssh-test-3 port 2: connection refused
        hint      check HostName and Port of the jump host, that the host is up, and that no firewall is in between"
    `)
    expect(await fate(home(twoJumps().replace('Port 2222', 'Port 9')))).toMatchInlineSnapshot(`
      "exit 4
      unreachable  web1  jump host middle cannot connect to 198.19.77.1 port 9: connection refused
        hint      check the address as the jump host sees it, that the host is up, and that no firewall is in between"
    `)
    expect(await fate(home(twoJumps().replace('User deploy', 'User nobody-here')))).toMatchInlineSnapshot(`
      "exit 4
      unreachable  web1  jump host middle: 198.19.77.2 does not let user nobody-here in: tried the key KEY
        hint      try: ssh -p 2222 nobody-here@198.19.77.2; set User and IdentityFile for middle in ~/.ssh/config, or load the key into ssh-agent"
    `)
    const command = 'echo no way >&2; exit 1'
    expect(await fate(home(`Host web1\n  ProxyCommand sh -c '${command}'\n`))).toMatchInlineSnapshot(`
      "exit 4
      unreachable  web1  the ProxyCommand did not lead to web1: no way
        hint      try it: sh -c 'echo no way >&2; exit 1'"
    `)
  })
})

describe('keys', () => {
  const keyed = () => `Host web1\n  HostName ${host.host.address}\n  User keyed\n  IdentityFile ${lockedKey}\n`

  test('that only the agent opens', async () => {
    const few = `${keyed()}  IdentityAgent ${socket}\n  IdentitiesOnly yes\n`
    expect(await fate(home(few, {ansible_user: 'keyed'}))).toBe(reached)
    const named = {ansible_host: host.host.address, ansible_user: 'keyed', ansible_ssh_private_key_file: lockedKey}
    expect(await fate(home(`IdentityAgent ${socket}\n`, named))).toBe(reached)
  })

  test('that are too many are told so', async () => {
    const many = `Host web1\n  HostName ${host.host.address}\n  IdentityAgent ${socket}\n`
    expect(await fate(home(many, {ansible_user: 'keyed'}))).toMatchInlineSnapshot(`
      "exit 4
      unreachable  web1  ADDRESS does not let user keyed in: tried the agent; it wants no further tries
        hint      try: ssh -p 22 keyed@ADDRESS; set IdentityFile and IdentitiesOnly yes in ~/.ssh/config, so that only the right key is tried"
    `)
  })

  test('whose passphrase is asked once, for two hosts', async () => {
    const hosts = {web1: {ansible_user: 'keyed'}, web2: {ansible_user: 'keyed', ansible_host: middle.host.address}}
    const folder = home(
      `${keyed()}Host ${middle.host.address}\n  IdentityFile ${lockedKey}\n`,
      {},
      {
        'hosts.yml': JSON.stringify({all: {hosts}}),
      },
    )
    const question = `Passphrase of ${lockedKey}:`
    const seen = await typed(
      folder,
      ['--output', 'plain'],
      [
        [question, 'wrong'],
        [question, secret],
      ],
    )
    expect(seen.output).toContain('That does not open it: ')
    expect(seen.output).toMatch(/web1 {2}1 ok.*web2 {2}1 ok/s)
    expect(seen.output).not.toContain(secret)
    expect(seen.exit).toBe(0)
  })
})

describe('passwords', () => {
  test('let in, also by questions', async () => {
    const way = {ansible_host: host.host.address, ansible_password: secret}
    expect(await fate(home('', {...way, ansible_user: 'keyed'}))).toBe(reached)
    expect(await fate(home('', {...way, ansible_user: 'asked'}))).toBe(reached)
    expect(await fate(home('', {...way, ansible_user: 'asked', ansible_password: 'wrong'}))).toMatchInlineSnapshot(`
      "exit 4
      unreachable  web1  ADDRESS does not let user asked in: tried the password
        hint      try: ssh -p 22 asked@ADDRESS; set ansible_user and ansible_ssh_private_key_file, or load the key into ssh-agent"
    `)
  })

  test('are asked once for all hosts, and serve sudo too', async () => {
    const hosts = Object.fromEntries(
      [host, middle].map((one, index) => [`web${index + 1}`, {ansible_host: one.host.address}]),
    )
    const folder = home('', {}, {'hosts.yml': JSON.stringify({all: {hosts}})})
    const seen = await typed(
      folder,
      ['-k', '-K', '-b', '-u', 'keyed', '--output', 'plain'],
      [
        ['SSH password:', secret],
        ['BECOME password', ''],
      ],
    )
    expect(seen.output).toMatch(/web1 {2}1 ok.*web2 {2}1 ok/s)
    expect(seen.output).not.toContain(secret)
    expect(seen.exit).toBe(0)
  })
})

function typed(folder: string, words: readonly string[], answers: readonly (readonly [string, string])[]) {
  const command = [process.execPath, program, '-i', 'hosts.yml', 'play.yml', ...words]
  return onTerminal(
    command,
    {cwd: folder, env: {PATH: process.env.PATH ?? '', HOME: folder, LC_ALL: 'C.UTF-8', TERM: 'xterm', NO_COLOR: '1'}},
    answers,
  )
}
