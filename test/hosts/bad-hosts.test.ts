import {execFile} from 'node:child_process'
import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {promisify} from 'node:util'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {sandboxDown, sandboxUp} from '../../src/sandbox/sandbox.ts'
import {provision} from '../cli/program.ts'
import {BadHost, hello} from './support/bad-host.ts'

const execute = promisify(execFile)
const names = ['bad-test-1', 'bad-test-2']
let one: BadHost
let two: BadHost

beforeAll(async () => {
  const [first, second] = await sandboxUp({names, say: line => console.log(line)})
  if (!first || !second) throw new Error('the sandbox gave no hosts')
  one = new BadHost(first)
  two = new BadHost(second)
})

afterAll(async () => {
  await sandboxDown({names, say: () => {}})
})

describe('a key', () => {
  test('that is not there', async () => {
    const folder = one.folder({ansible_ssh_private_key_file: '~/.ssh/id_ed25519'})
    expect(await one.run(folder, 'play.yml')).toMatchInlineSnapshot(`
      "exit 4
      stdout:

      all  (web1)
      unreachable  web1  cannot use the private key FOLDER/.ssh/id_ed25519: there is no such file
        hint      set ansible_ssh_private_key_file to a private key that you can read

      web1 was not reached:
        cannot use the private key FOLDER/.ssh/id_ed25519: there is no such file

      web1  0 ok  0 changed  1 unreachable  0 trips

      1 of 1 host not reached, nothing changed, TIME."
    `)
  })

  test('that cannot be read, or is none', async () => {
    const folder = one.folder({ansible_ssh_private_key_file: '~/.ssh'})
    expect(await one.run(folder, 'play.yml')).toMatchInlineSnapshot(`
      "exit 4
      stdout:

      all  (web1)
      unreachable  web1  cannot use the private key FOLDER/.ssh: it is a folder
        hint      set ansible_ssh_private_key_file to a private key that you can read

      web1 was not reached:
        cannot use the private key FOLDER/.ssh: it is a folder

      web1  0 ok  0 changed  1 unreachable  0 trips

      1 of 1 host not reached, nothing changed, TIME."
    `)
    const text = one.folder({ansible_ssh_private_key_file: '~/.ssh/known_hosts'})
    expect(await one.run(text, 'play.yml')).toMatchInlineSnapshot(`
      "exit 4
      stdout:

      all  (web1)
      unreachable  web1  cannot use the private key FOLDER/.ssh/known_hosts: there is no private key in it
        hint      set ansible_ssh_private_key_file to a private key that you can read

      web1 was not reached:
        cannot use the private key FOLDER/.ssh/known_hosts: there is no private key in it

      web1  0 ok  0 changed  1 unreachable  0 trips

      1 of 1 host not reached, nothing changed, TIME."
    `)
  })

  test('with a passphrase', async () => {
    const folder = one.folder({ansible_ssh_private_key_file: '~/key'})
    await execute('ssh-keygen', ['-q', '-t', 'ed25519', '-N', 'secret', '-f', join(folder, 'key')])
    expect(await one.run(folder, 'play.yml')).toMatchInlineSnapshot(`
      "exit 4
      stdout:

      all  (web1)
      unreachable  web1  cannot use the private key FOLDER/key: it has a passphrase
        hint      load it into ssh-agent (ssh-add FOLDER/key) and leave out ansible_ssh_private_key_file

      web1 was not reached:
        cannot use the private key FOLDER/key: it has a passphrase

      web1  0 ok  0 changed  1 unreachable  0 trips

      1 of 1 host not reached, nothing changed, TIME."
    `)
  })

  test('that the host does not take', async () => {
    const folder = one.folder({ansible_ssh_private_key_file: '~/key'})
    await execute('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, 'key')])
    expect(await one.run(folder, 'play.yml')).toMatchInlineSnapshot(`
      "exit 4
      stdout:

      all  (web1)
      unreachable  web1  ADDRESS does not let user deploy in: tried the key FOLDER/key
        hint      try: ssh -p 22 deploy@ADDRESS; set ansible_user and ansible_ssh_private_key_file, or load the key into ssh-agent

      web1 was not reached:
        ADDRESS does not let user deploy in: tried the key FOLDER/key

      web1  0 ok  0 changed  1 unreachable  0 trips

      1 of 1 host not reached, nothing changed, TIME."
    `)
  })
})

describe('a host key', () => {
  test('that is not known is shown, with the command that trusts it', async () => {
    const folder = one.folder({}, hello, {'.ssh/known_hosts': ''})
    const seen = await provision(folder, ['-i', 'hosts.yml', 'play.yml'])
    expect(one.shown(seen)).toMatchInlineSnapshot(`
      "exit 4
      stdout:

      all  (web1)
      unreachable  web1  the host key of ADDRESS is not known: ssh-ed25519 SHA256:FINGERPRINT
        hint      compare the fingerprint with the host's own (on its console: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub), then trust exactly this key: echo 'ADDRESS ssh-ed25519 PUBLIC-KEY' >> FOLDER/.ssh/known_hosts; or run with --host-keys accept-new

      web1 was not reached:
        the host key of ADDRESS is not known: ssh-ed25519 SHA256:FINGERPRINT

      web1  0 ok  0 changed  1 unreachable  0 trips

      1 of 1 host not reached, nothing changed, TIME."
    `)
    const fingerprint = await one.root('ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub | cut -d" " -f2')
    expect(seen.stdout).toContain(fingerprint)
    const command = /this key: (.*); or run/.exec(seen.stdout)?.[1]?.replaceAll('FOLDER', folder) ?? 'false'
    await execute('sh', ['-c', command])
    expect(await one.run(folder, 'play.yml')).toMatchInlineSnapshot(`
      "exit 0
      stdout:

      all  (web1)

      web1  1 ok  0 changed  2 trips

      Done: 1 host, nothing changed, TIME."
    `)
  })

  test('that is new is written down by accept-new', async () => {
    const folder = one.folder({}, hello, {'.ssh/known_hosts': ''})
    expect(await one.run(folder, 'play.yml', '--host-keys', 'accept-new')).toMatchInlineSnapshot(`
      "exit 0
      stdout:

      all  (web1)

      web1  1 ok  0 changed  2 trips

      Done: 1 host, nothing changed, TIME."
    `)
    const [, ...written] = readFileSync(join(folder, '.ssh/known_hosts'), 'utf8').trim().split(' ')
    expect(one.knownHosts).toContain(written.join(' '))
    expect((await provision(folder, ['-i', 'hosts.yml', 'play.yml'])).exit).toBe(0)
  })

  test('that has changed is refused, even by accept-new', async () => {
    const folder = one.folder({}, hello, {'.ssh/known_hosts': await otherKey(one)})
    const seen = await one.run(folder, 'play.yml')
    expect(seen).toMatchInlineSnapshot(`
      "exit 4
      stdout:

      all  (web1)
      unreachable  web1  the host key of ADDRESS has changed: it now shows ssh-ed25519 SHA256:FINGERPRINT, and FOLDER/.ssh/known_hosts has another
        hint      somebody may be in between, or the host was installed anew; if you know it was: ssh-keygen -R 'ADDRESS' -f FOLDER/.ssh/known_hosts

      web1 was not reached:
        the host key of ADDRESS has changed: it now shows ssh-ed25519 SHA256:FINGERPRINT, and FOLDER/.ssh/known_hosts has another

      web1  0 ok  0 changed  1 unreachable  0 trips

      1 of 1 host not reached, nothing changed, TIME."
    `)
    expect(await one.run(folder, 'play.yml', '--host-keys', 'accept-new')).toBe(seen)
    expect(readFileSync(join(folder, '.ssh/known_hosts'), 'utf8')).toBe(await otherKey(one))
  })

  test('that is revoked is refused', async () => {
    const revoked = one.knownHosts.replaceAll(/^/gm, '@revoked ').replace(/@revoked $/, '')
    const folder = one.folder({}, hello, {'.ssh/known_hosts': revoked})
    const seen = await one.run(folder, 'play.yml')
    expect(seen).toMatchInlineSnapshot(`
      "exit 4
      stdout:

      all  (web1)
      unreachable  web1  the host key of ADDRESS is marked @revoked: ssh-ed25519 SHA256:FINGERPRINT
        hint      do not connect; ask who revoked it

      web1 was not reached:
        the host key of ADDRESS is marked @revoked: ssh-ed25519 SHA256:FINGERPRINT

      web1  0 ok  0 changed  1 unreachable  0 trips

      1 of 1 host not reached, nothing changed, TIME."
    `)
    expect(await one.run(folder, 'play.yml', '--host-keys', 'accept-new')).toBe(seen)
  })
})

describe('a host', () => {
  test('that does not answer, or nowhere is', async () => {
    const refused = one.folder({ansible_port: 2})
    expect(await one.run(refused, 'play.yml')).toMatchInlineSnapshot(`
      "exit 4
      stdout:

      all  (web1)
      unreachable  web1  cannot connect to ADDRESS port 2: connection refused
        hint      check ansible_host and ansible_port in the inventory, that the host is up, and that no firewall is in between

      web1 was not reached:
        cannot connect to ADDRESS port 2: connection refused

      web1  0 ok  0 changed  1 unreachable  0 trips

      1 of 1 host not reached, nothing changed, TIME."
    `)
    const nobody = one.host.address.replace(/\d+$/, '254')
    const silent = one.folder({ansible_host: nobody})
    expect(await one.run(silent, 'play.yml', '--timeout', '1')).toMatchInlineSnapshot(`
      "exit 4
      stdout:

      all  (web1)
      unreachable  web1  cannot connect to 198.18.0.254 port 22: no answer in TIME
        hint      check ansible_host and ansible_port in the inventory, that the host is up, and that no firewall is in between

      web1 was not reached:
        cannot connect to 198.18.0.254 port 22: no answer in TIME

      web1  0 ok  0 changed  1 unreachable  0 trips

      1 of 1 host not reached, nothing changed, TIME."
    `)
    expect(await one.run(silent, 'play.yml')).toMatchInlineSnapshot(`
      "exit 4
      stdout:

      all  (web1)
      unreachable  web1  cannot connect to 198.18.0.254 port 22: no route to the host
        hint      check ansible_host and ansible_port in the inventory, that the host is up, and that no firewall is in between

      web1 was not reached:
        cannot connect to 198.18.0.254 port 22: no route to the host

      web1  0 ok  0 changed  1 unreachable  0 trips

      1 of 1 host not reached, nothing changed, TIME."
    `)
    const unnamed = one.folder({ansible_host: 'web1.invalid'})
    expect(await one.run(unnamed, 'play.yml')).toMatchInlineSnapshot(`
      "exit 4
      stdout:

      all  (web1)
      unreachable  web1  cannot connect to web1.invalid port 22: the name does not resolve
        hint      check the name of the host, or set ansible_host to its address in the inventory

      web1 was not reached:
        cannot connect to web1.invalid port 22: the name does not resolve

      web1  0 ok  0 changed  1 unreachable  0 trips

      1 of 1 host not reached, nothing changed, TIME."
    `)
  })

  test('that speaks no SSH', async () => {
    await one.listen(2222, 'echo HTTP/1.1 400 Bad Request')
    const folder = one.folder({ansible_port: 2222})
    expect(await one.run(folder, 'play.yml', '--timeout', '1')).toMatchInlineSnapshot(`
      "exit 4
      stdout:

      all  (web1)
      unreachable  web1  ADDRESS port 2222 does not speak SSH as it should: no greeting in TIME
        hint      check that ansible_port is the port of sshd; try: ssh -p 2222 deploy@ADDRESS

      web1 was not reached:
        ADDRESS port 2222 does not speak SSH as it should: no greeting in TIME

      web1  0 ok  0 changed  1 unreachable  0 trips

      1 of 1 host not reached, nothing changed, TIME."
    `)
  })

  test('that does not know the user', async () => {
    const folder = one.folder({ansible_user: 'nobody-here'})
    expect(await one.run(folder, 'play.yml')).toMatchInlineSnapshot(`
      "exit 4
      stdout:

      all  (web1)
      unreachable  web1  ADDRESS does not let user nobody-here in: tried the key KEY
        hint      try: ssh -p 22 nobody-here@ADDRESS; set ansible_user and ansible_ssh_private_key_file, or load the key into ssh-agent

      web1 was not reached:
        ADDRESS does not let user nobody-here in: tried the key KEY

      web1  0 ok  0 changed  1 unreachable  0 trips

      1 of 1 host not reached, nothing changed, TIME."
    `)
  })

  test('that is down leaves the others their work', async () => {
    const folder = one.folder({}, hello, {
      'hosts.yml': JSON.stringify({all: {hosts: {web1: one.way, web2: {...two.way, ansible_port: 2}}}}),
    })
    expect(two.shown({...(await provision(folder, ['-i', 'hosts.yml', 'play.yml']))})).toMatchInlineSnapshot(`
      "exit 4
      stdout:

      all  (web1, web2)
      unreachable  web2  cannot connect to ADDRESS port 2: connection refused
        hint      check ansible_host and ansible_port in the inventory, that the host is up, and that no firewall is in between

      web2 was not reached:
        cannot connect to ADDRESS port 2: connection refused

      web1  1 ok  0 changed  0 unreachable  2 trips
      web2  0 ok  0 changed  1 unreachable  0 trips

      1 of 2 hosts not reached, nothing changed, TIME."
    `)
    expect(await one.run(folder, 'play.yml')).toContain('exit 4')
  })
})

/** known_hosts with the host's addresses and another key. */
async function otherKey({host}: BadHost): Promise<string> {
  return `${host.address} ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl\n`
}
