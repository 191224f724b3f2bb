import {execFile} from 'node:child_process'
import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {promisify} from 'node:util'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {sandboxDown, sandboxUp} from '../../src/sandbox/sandbox.ts'
import {provision} from '../cli/program.ts'
import {BadHost, hello} from './support/bad-host.ts'
import {until} from './support/until.ts'

const execute = promisify(execFile)
const names = ['bad-test-1', 'bad-test-2']
let one: BadHost
let two: BadHost
/** Docker is installed while the other tests go on. */
let docker: Promise<string>
const secret = 'sentinel-of-the-tests'

beforeAll(async () => {
  const [first, second] = await sandboxUp({names, say: line => console.log(line)})
  if (!first || !second) throw new Error('the sandbox gave no hosts')
  one = new BadHost(first)
  two = new BadHost(second)
  await one.addUser('plain', secret)
  await one.addUser('typed', secret)
  await one.root('echo "typed ALL=(ALL) ALL" >/etc/sudoers.d/typed')
  docker = one.root(
    'DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends docker.io docker-cli',
  )
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
        hint      load it into ssh-agent: ssh-add FOLDER/key; or run on a terminal, where it is asked for

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
    await one.listen(2222, "sh -c 'echo HTTP/1.1 400 Bad Request; cat >/dev/null'")
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

describe('becoming root', () => {
  const root = `
    - hosts: all
      become: true
      gather_facts: false
      tasks:
        - name: Who
          command: id -un
          changed_when: false
  `

  test('fails where sudo is not installed', async () => {
    await two.root('mv /usr/bin/sudo /usr/bin/not-sudo')
    expect(await two.run(two.folder({}, root), 'play.yml')).toMatchInlineSnapshot(`
      "exit 4
      stdout:

      all  (web1)
      unreachable  web1  deploy cannot become root: sudo is not installed there
        hint      install sudo on the host, or connect as root with ansible_user: root

      web1 was not reached:
        deploy cannot become root: sudo is not installed there

      web1  0 ok  0 changed  1 unreachable  1 trip 

      1 of 1 host not reached, nothing changed, TIME."
    `)
    await two.root('mv /usr/bin/not-sudo /usr/bin/sudo')
  })

  test('fails where the user may not', async () => {
    expect(await one.run(one.folder({ansible_user: 'plain'}, root), 'play.yml')).toMatchInlineSnapshot(`
      "exit 4
      stdout:

      all  (web1)
      unreachable  web1  plain cannot become root: sudo: a password is required
        hint      give it with --ask-become-pass or ansible_become_password, or allow sudo without one

      web1 was not reached:
        plain cannot become root: sudo: a password is required

      web1  0 ok  0 changed  1 unreachable  1 trip 

      1 of 1 host not reached, nothing changed, TIME."
    `)
    const password = {ansible_user: 'plain', ansible_become_password: secret}
    expect(await one.run(one.folder(password, root), 'play.yml')).toMatchInlineSnapshot(`
      "exit 4
      stdout:

      all  (web1)
      unreachable  web1  plain cannot become root: plain is not in the sudoers file.
        hint      allow it in sudoers, or connect as root with ansible_user: root

      web1 was not reached:
        plain cannot become root: plain is not in the sudoers file.

      web1  0 ok  0 changed  1 unreachable  0 trips

      1 of 1 host not reached, nothing changed, TIME."
    `)
  })

  test('takes the password of sudo, and says so where it is missing or wrong', async () => {
    expect(await one.run(one.folder({ansible_user: 'typed'}, root), 'play.yml')).toMatchInlineSnapshot(`
      "exit 4
      stdout:

      all  (web1)
      unreachable  web1  typed cannot become root: sudo: a password is required
        hint      give it with --ask-become-pass or ansible_become_password, or allow sudo without one

      web1 was not reached:
        typed cannot become root: sudo: a password is required

      web1  0 ok  0 changed  1 unreachable  1 trip 

      1 of 1 host not reached, nothing changed, TIME."
    `)
    const wrong = one.folder({ansible_user: 'typed', ansible_become_password: 'wrong-password'}, root)
    expect(await one.run(wrong, 'play.yml')).toMatchInlineSnapshot(`
      "exit 4
      stdout:

      all  (web1)
      unreachable  web1  typed cannot become root: the become password is wrong
        hint      correct ansible_become_password, or leave it out and type it: --ask-become-pass

      web1 was not reached:
        typed cannot become root: the become password is wrong

      web1  0 ok  0 changed  1 unreachable  0 trips

      1 of 1 host not reached, nothing changed, TIME."
    `)
  })

  test('shows the password to nobody: not in any output, not on the host', async () => {
    const play = `
      - hosts: all
        become: true
        gather_facts: false
        tasks:
          - name: Waits
            shell: touch /tmp/waits; until [ -e /tmp/seen ]; do sleep 0.1; done; id -un
          - debug: {msg: "{{ ansible_become_password }}"}
    `
    const folder = one.folder({ansible_user: 'typed', ansible_become_password: secret}, play)
    const running = provision(folder, ['-i', 'hosts.yml', 'play.yml', '-vvv', '--diff'])
    await until(() => one.root('test -e /tmp/waits'), 30)
    // The letter in brackets keeps the search from finding itself.
    const pattern = secret.replace(/^./, '[$&]')
    const places = '/proc/[0-9]*/cmdline /proc/[0-9]*/environ /var/log /run /tmp /home /root /var/lib/provision'
    expect(await one.root(`grep -rslaI '${pattern}' ${places}; journalctl --no-pager | grep '${pattern}'; true`)).toBe(
      '',
    )
    await one.root('touch /tmp/seen')
    const ran = await running
    expect(one.shown(ran)).toMatchInlineSnapshot(`
      "exit 0
      stdout:

      all  (web1)
      connecting  web1
      looking  web1  1 task
      started  web1  Waits
      changed      web1  Waits
        --- command (before)
        +++ command (after)
        @@ -0,0 +1,1 @@
        +touch /tmp/waits; until [ -e /tmp/seen ]; do sleep 0.1; done; id -un
        \\ No newline at end of file
      started  web1  debug
      ok           web1  debug: [secret]

      web1 changed:
        Waits: command

      web1  2 ok  1 changed  2 trips

      Done: 1 host, 1 changed, TIME."
    `)
    expect(ran.exit).toBe(0)
    const json = await provision(folder, ['-i', 'hosts.yml', 'play.yml', '-vvv', '--output', 'json'])
    expect(json.stdout + json.stderr).not.toContain(secret)
  })
})

describe('the site is refused, before anything is changed, on a host', () => {
  const inputs = {chatwoot_domain: 'chat.example.com', chatwoot_admin_email: 'admin@example.com'}
  const small = {...inputs, chatwoot_size: 'small', chatwoot_min_memory: 1, chatwoot_min_disk: 1}

  test('with too little memory', async () => {
    expect(await two.run(two.folder({...small, chatwoot_min_memory: 9_000_000}))).toMatchInlineSnapshot(`
      "exit 1
      Made an identity: FOLDER/.config/provision/identity.txt. It alone opens the secrets that are sealed from now on: back it up, and show it to nobody.
      Made 8 secrets for web1, sealed in hosts.secrets.age. Keep that file: the site needs it.
      stdout:

      Chatwoot  (web1)
      failed       web1  There is enough memory
        host      web1
        task      There is enough memory [assert]
        at        PACKAGE/playbooks/tasks/preflight.yml:LINE
        message   The host has SIZE MB of memory, Chatwoot needs 9000000 (chatwoot_min_memory).
        hint      Not true: ansible_facts.memtotal_mb >= chatwoot_min_memory

      web1 failed:
        There is enough memory: The host has SIZE MB of memory, Chatwoot needs 9000000 (chatwoot_min_memory). (PACKAGE/playbooks/tasks/preflight.yml:LINE)

      web1  7 ok  0 changed  1 failed  1 trip 

      Failed on 1 of 1 host, nothing changed, TIME."
    `)
  })

  test('with too little disk', async () => {
    expect(await two.run(two.folder({...small, chatwoot_min_disk: 900_000_000}))).toMatchInlineSnapshot(`
      "exit 1
      Made an identity: FOLDER/.config/provision/identity.txt. It alone opens the secrets that are sealed from now on: back it up, and show it to nobody.
      Made 8 secrets for web1, sealed in hosts.secrets.age. Keep that file: the site needs it.
      stdout:

      Chatwoot  (web1)
      failed       web1  There is enough disk
        host      web1
        task      There is enough disk [disk_space]
        at        PACKAGE/playbooks/tasks/preflight.yml:LINE
        message   /var/lib has SIZE MB free, but SIZE MB are needed

      web1 failed:
        There is enough disk: /var/lib has SIZE MB free, but SIZE MB are needed (PACKAGE/playbooks/tasks/preflight.yml:LINE)

      web1  9 ok  0 changed  1 failed  1 trip 

      Failed on 1 of 1 host, nothing changed, TIME."
    `)
  })

  test('whose port 80 is taken', async () => {
    await two.listen(80, 'cat')
    expect(await two.run(two.folder(small))).toMatchInlineSnapshot(`
      "exit 1
      Made an identity: FOLDER/.config/provision/identity.txt. It alone opens the secrets that are sealed from now on: back it up, and show it to nobody.
      Made 8 secrets for web1, sealed in hosts.secrets.age. Keep that file: the site needs it.
      stdout:

      Chatwoot  (web1)
      failed       web1  Ports 80 and 443 are free, or this site's
        host      web1
        task      Ports 80 and 443 are free, or this site's [free_ports]
        at        PACKAGE/playbooks/tasks/preflight.yml:LINE
        message   Somebody else listens on port 80 (systemd-socket-)
        hint      Stop and disable that service, or take another host: the site needs these ports for itself.

      web1 failed:
        Ports 80 and 443 are free, or this site's: Somebody else listens on port 80 (systemd-socket-) (PACKAGE/playbooks/tasks/preflight.yml:LINE)

      web1  10 ok  0 changed  1 failed  1 trip 

      Failed on 1 of 1 host, nothing changed, TIME."
    `)
    await two.root('systemctl stop listener-80')
  })

  test('of another system', async () => {
    const release = 'ID=debian\\nNAME="Debian GNU/Linux"\\nVERSION_ID="11"\\nVERSION_CODENAME=bullseye\\n'
    await two.root(`cp -P /etc/os-release /etc/debian_version /root; rm /etc/os-release`)
    await two.root(`printf '${release}' >/etc/os-release; echo 11.9 >/etc/debian_version`)
    expect(await two.run(two.folder(small))).toMatchInlineSnapshot(`
      "exit 1
      Made an identity: FOLDER/.config/provision/identity.txt. It alone opens the secrets that are sealed from now on: back it up, and show it to nobody.
      Made 8 secrets for web1, sealed in hosts.secrets.age. Keep that file: the site needs it.
      stdout:

      Chatwoot  (web1)
      failed       web1  The system is one that was tested
        host      web1
        task      The system is one that was tested [assert]
        at        PACKAGE/playbooks/tasks/preflight.yml:LINE
        message   Debian 11.9 (bullseye) is not supported. Take Debian 12 or 13, or Ubuntu 22.04 or 24.04.
        hint      Not true: ansible_facts.distribution ~ ' ' ~ ansible_facts.distribution_release in ['Debian bookworm', 'Debian trixie', 'Ubuntu jammy', 'Ubuntu noble']

      web1 failed:
        The system is one that was tested: Debian 11.9 (bullseye) is not supported. Take Debian 12 or 13, or Ubuntu 22.04 or 24.04. (PACKAGE/playbooks/tasks/preflight.yml:LINE)

      web1  2 ok  0 changed  1 failed  1 trip 

      Failed on 1 of 1 host, nothing changed, TIME."
    `)
    await two.root('cp -P --remove-destination /root/os-release /root/debian_version /etc')
  })
})

describe('somebody else at work on the host', () => {
  const change = `
    - hosts: all
      become: true
      gather_facts: false
      tasks:
        - name: Change
          shell: touch /tmp/waits; until [ -e /tmp/free ]; do sleep 0.1; done
  `

  test('with a run of ours is named', async () => {
    const folder = two.folder({}, change)
    const first = provision(folder, ['-i', 'hosts.yml', 'play.yml'])
    await until(() => two.root('test -e /tmp/waits'), 30)
    expect(await two.run(folder, 'play.yml')).toMatchInlineSnapshot(`
      "exit 1
      stdout:

      all  (web1)
      failed       web1  Change
        host      web1
        task      Change [shell]
        at        FOLDER/play.yml:5:7
        message   another run holds this host: run ID of deploy, since DATE
        hint      wait until it has ended; the lock ends with its process

      web1 failed:
        Change: another run holds this host: run ID of deploy, since DATE (FOLDER/play.yml:5:7)

      web1  0 ok  0 changed  1 failed  2 trips

      Failed on 1 of 1 host, nothing changed, TIME."
    `)
    await two.root('touch /tmp/free')
    expect((await first).exit).toBe(0)
    expect((await provision(folder, ['-i', 'hosts.yml', 'play.yml'])).exit).toBe(0)
  })

  test('with apt is waited for', async () => {
    const hold = '"DPkg::Pre-Invoke::=until [ -e /tmp/done ]; do sleep 0.1; done"'
    await two.root(`systemd-run --quiet apt-get -q -y -o ${hold} install --reinstall hostname`)
    await until(() => two.root('pgrep -f "until [[] -e /tmp/done"'), 60)
    const play = `
      - hosts: all
        become: true
        gather_facts: false
        tasks:
          - apt: {name: ed, state: present}
    `
    const running = provision(two.folder({}, play), ['-i', 'hosts.yml', 'play.yml'])
    let ended = false
    running.then(() => (ended = true))
    await until(() => two.root('pgrep -f "DPkg::Lock::Timeout.* -- [e]d"'), 30)
    expect(ended).toBe(false)
    await two.root('touch /tmp/done')
    expect(two.shown(await running)).toMatchInlineSnapshot(`
      "exit 0
      stdout:

      all  (web1)
      changed      web1  apt

      web1 changed:
        apt: packages: {"ed":"absent"} -> {"ed":"present"}

      web1  1 ok  1 changed  2 trips

      Done: 1 host, 1 changed, TIME."
    `)
  })
})

test('an image that does not exist is named', async () => {
  await docker
  const inputs = {chatwoot_domain: 'chat.example.com', chatwoot_admin_email: 'admin@example.com'}
  const folder = one.folder({...inputs, chatwoot_version: 'v9.9.9', chatwoot_size: 'small'})
  expect(await one.run(folder, '--tags', 'images')).toMatchInlineSnapshot(`
    "exit 1
    Made an identity: FOLDER/.config/provision/identity.txt. It alone opens the secrets that are sealed from now on: back it up, and show it to nobody.
    Made 8 secrets for web1, sealed in hosts.secrets.age. Keep that file: the site needs it.
    stdout:

    Chatwoot  (web1)
    failed       web1  The images are here (chatwoot/chatwoot:v9.9.9)
      host      web1
      task      The images are here [docker_image]
      at        PACKAGE/playbooks/tasks/images.yml:LINE
      message   Error response from daemon: manifest for chatwoot/chatwoot:v9.9.9 not found: manifest unknown: manifest unknown
      exit code 1
      stderr    Error response from daemon: manifest for chatwoot/chatwoot:v9.9.9 not found: manifest unknown: manifest unknown
    changed      web1  The images are here (pgvector/pgvector:pg16)
    changed      web1  The images are here (redis:8.0-alpine)
    changed      web1  The images are here (nginx:1.28-alpine)

    web1 changed:
      The images are here (pgvector/pgvector:pg16): image: none -> pgvector/pgvector:pg16
      The images are here (redis:8.0-alpine): image: none -> redis:8.0-alpine
      The images are here (nginx:1.28-alpine): image: none -> nginx:1.28-alpine

    web1 failed:
      The images are here (chatwoot/chatwoot:v9.9.9): Error response from daemon: manifest for chatwoot/chatwoot:v9.9.9 not found: manifest unknown: manifest unknown (PACKAGE/playbooks/tasks/images.yml:LINE)

    web1  2 ok  0 changed  1 failed  2 trips

    Failed on 1 of 1 host, nothing changed, TIME."
  `)
})

/** known_hosts with the host's addresses and another key. */
async function otherKey({host}: BadHost): Promise<string> {
  return `${host.address} ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl\n`
}
