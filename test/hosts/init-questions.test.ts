// What the wizard asks besides inputs: sudo's password, about a host that will not do, and about mail; at a real terminal.
import {copyFileSync, existsSync, readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {stripVTControlCharacters} from 'node:util'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {type SandboxHost, sandboxDown, sandboxUp} from '../../src/sandbox/sandbox.ts'
import {mailServer, makeAuthority} from '../cli/mail-server.ts'
import {folderWith} from '../cli/program.ts'
import {BadHost} from './support/bad-host.ts'
import {onHost} from './support/look.ts'
import {onTerminal} from './support/terminal.ts'

const name = 'init-questions-test'
const program = join(import.meta.dirname, '../../dist/cli.js')
const folder = folderWith({})
const authority = makeAuthority(folder)
const secrets = {sudo: 'sentinel-of-sudo', mail: 'sentinel-of-mail'}
let mail: Awaited<ReturnType<typeof mailServer>>
let host: SandboxHost

beforeAll(async () => {
  mail = await mailServer({pem: authority.own, secure: false, password: secrets.mail})
  const [made] = await sandboxUp({names: [name], say: line => console.log(line)})
  if (!made) throw new Error('no host')
  host = made
  const one = new BadHost(host)
  copyFileSync(host.keyFile, join(folder, 'key'))
  await one.addUser('typist', secrets.sudo)
  await onHost(host, "echo 'typist ALL=(ALL) ALL' >/etc/sudoers.d/typist")
  await one.listen(80, '/bin/true')
  await onHost(
    host,
    `sed 's/^MemTotal:.*/MemTotal:        1024000 kB/' /proc/meminfo >/srv/meminfo
mount --bind /srv/meminfo /proc/meminfo
mkdir /srv/small; mount -t tmpfs -o size=600m small /srv/small; cp -a /var/lib/. /srv/small; mount --bind /srv/small /var/lib`,
  )
})

afterAll(async () => {
  mail.close()
  await sandboxDown({names: [name], say: () => {}})
})

const down = '\x1b[B'
const ctrlC = '\x03'
const refused = 'typist cannot become root: '

/** Calls the wizard from the folder, which is its home, too. */
function wizard(answers: Parameters<typeof onTerminal>[2]) {
  const env = {PATH: process.env.PATH ?? '', HOME: folder, LC_ALL: 'C.UTF-8', TERM: 'xterm', NO_COLOR: '1'}
  const trusting = {...env, NODE_EXTRA_CA_CERTS: authority.ca}
  return onTerminal([process.execPath, program, 'init'], {cwd: folder, env: trusting}, answers, 300)
}

/** Lines of an output that begin with one of these words, without what is never the same. */
const lines = (output: string, ...beginnings: readonly string[]) =>
  stripVTControlCharacters(output)
    .split(/[\r\n]+/)
    .filter(line => beginnings.some(one => line.trim().startsWith(one)))
    .map(line => line.replaceAll(/\b\d+ MB\b/g, 'SIZE MB'))

test('a host that will not do is told of after sudo has let us in, and nothing is written', async () => {
  const {exit, output} = await wizard([
    ['Your name for the host', name],
    ['Where SSH finds it', host.address],
    ['Port of SSH', ''],
    ['Who logs in', 'typist'],
    ['How to log in', down],
    ['Its file', './key'],
    ['Is that its key?', 'y'],
    ["sudo's password", 'wrong-password'],
    ['the become password is wrong', secrets.sudo],
    ['Go on all the same', ''],
  ])
  expect(exit).toBe(1)
  expect(lines(output, refused, 'A run would', 'The host has', 'Port', 'Your answers')).toMatchInlineSnapshot(`
    [
      "typist cannot become root: sudo: a password is required",
      "typist cannot become root: the become password is wrong",
      "A run would refuse this host as it is:",
      "  The host has SIZE MB of memory, Chatwoot needs 1700 (chatwoot_min_memory).",
      "  The host has SIZE MB of disk free, a new site needs 10240 (chatwoot_min_disk).",
      "  Port 80 is taken by systemd-socket-: stop that, and see that it does not start again.",
      "Your answers are kept in .prod.yml.unfinished, without secrets: call it again to go on.",
    ]
  `)
  expect(output).not.toContain('sentinel')
  expect(existsSync(join(folder, 'prod.yml'))).toBe(false)
})

test('Ctrl-C while it looks at the host keeps the answers, too', async () => {
  const {exit, output} = await wizard([
    ['Go on from there?', ''],
    [`Looking at ${name}`, ctrlC],
  ])
  expect(exit).toBe(130)
  expect(lines(output, 'Your answers')).toMatchInlineSnapshot(`
    [
      "Your answers are kept in .prod.yml.unfinished, without secrets: call it again to go on.",
    ]
  `)
})

test('goes on when the host was mended, tries the mail server until it lets us in, and offers the plan', async () => {
  await onHost(host, 'umount /proc/meminfo; umount -l /var/lib; systemctl stop listener-80')
  const smtp = (password: string) =>
    [
      ['chatwoot_smtp.address', '127.0.0.1'],
      ['chatwoot_smtp.port', String(mail.port)],
      ['chatwoot_smtp.username', 'me'],
      ['chatwoot_smtp.password', password],
      ['More of chatwoot_smtp?', ''],
    ] as const
  const {exit, output} = await wizard([
    ['Go on from there?', ''],
    ["sudo's password", secrets.sudo],
    ['chatwoot_domain:', 'chat.example.test'],
    ['chatwoot_admin_email:', 'admin@example.test'],
    ['What else do you want to set?', `${down.repeat(6)} `],
    ...smtp('wrong-password'),
    ['chatwoot_mail_sender', ''],
    ['That mail server does not work', ''],
    ...smtp(secrets.mail),
    ['What now?', ''],
    ['Plan of'],
    ['What now?', `${down}${down}`],
  ])
  expect({exit, end: exit === 0 ? '' : output}).toEqual({exit: 0, end: ''})
  expect(output).not.toContain('A run would refuse')
  expect(lines(output, 'That mail', 'Connecting', 'It lets', 'Sealed', 'Wrote', 'npx')).toMatchInlineSnapshot(`
    [
      "Connecting to 127.0.0.1 ...",
      "That mail server does not work: Invalid login: 535 wrong name or password",
      "Connecting to 127.0.0.1 ...",
      "It lets us in.",
      "Sealed ansible_become_password, chatwoot_smtp_password in prod.secrets.age.",
      "Wrote prod.yml.",
      "  npx provision plan --inventory prod.yml    what would change",
      "  npx provision --inventory prod.yml         change it",
    ]
  `)
  expect(mail.logins).toEqual(['me', 'me'])
  expect(mail.letters).toEqual([])
  expect(output + readFileSync(join(folder, 'prod.yml'), 'utf8')).not.toContain('sentinel')
  expect(readdirSync(folder).filter(file => file.includes('prod'))).toEqual(['prod.secrets.age', 'prod.yml'])
})
