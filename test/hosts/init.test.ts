import {copyFileSync, existsSync, readFileSync, statSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {type SandboxHost, sandboxDown, sandboxUp} from '../../src/sandbox/sandbox.ts'
import {folderWith} from '../cli/program.ts'
import {https} from './support/look.ts'
import {onTerminal} from './support/terminal.ts'

const name = 'init-test'
const domain = 'chat.example.test'
const program = join(import.meta.dirname, '../../dist/cli.js')
const folder = folderWith({})
let host: SandboxHost

beforeAll(async () => {
  const [made] = await sandboxUp({names: [name], say: line => console.log(line)})
  if (!made) throw new Error('no host')
  host = made
  copyFileSync(host.keyFile, join(folder, 'key'))
})

afterAll(() => sandboxDown({names: [name], say: () => {}}))

const down = '\x1b[B'
const ctrlC = '\x03'

/** Calls the wizard from the folder, which is its home, too: nothing but the key is there at first. */
function wizard(answers: Parameters<typeof onTerminal>[2]) {
  const env = {PATH: process.env.PATH ?? '', HOME: folder, LC_ALL: 'C.UTF-8', TERM: 'xterm', NO_COLOR: '1'}
  return onTerminal([process.execPath, program, 'init'], {cwd: folder, env}, answers, 600)
}

/** What is kept of the answers. */
const kept = () => readFileSync(join(folder, '.prod.yml.unfinished'), 'utf8')

test('Ctrl-C in the middle keeps the answers', async () => {
  const {exit, output} = await wizard([
    ['Your name for the host', name],
    ['Where SSH finds it', host.address],
    ['Port of SSH', ''],
    ['Who logs in', host.user],
    ['How to log in', down],
    ['Its file', './key'],
    ['Is that its key?', 'y'],
    ['chatwoot_domain:', domain],
    ['chatwoot_admin_email:', ctrlC],
  ])
  expect(output).toMatch(/The host shows the key ssh-ed25519 SHA256:\S{43}/)
  expect(output).toMatch(/init-test is Debian 13\.\d+ \(trixie\)/)
  expect(exit).toBe(130)
  expect(statSync(join(folder, '.prod.yml.unfinished')).mode & 0o777).toBe(0o600)
  expect(kept().replace(host.address, 'ADDRESS')).toMatchInlineSnapshot(`
    "# Answers to an unfinished provision init; calling it again goes on here.
    host.name: init-test
    host.address: ADDRESS
    host.port: '22'
    host.user: deploy
    host.login: key
    host.key: ./key
    trust: 'yes'
    chatwoot_domain: chat.example.test
    "
  `)
  expect(existsSync(join(folder, 'prod.yml'))).toBe(false)
})

test('the next call goes on there, shows the plan, and ends in a running site', async () => {
  const {exit, output} = await wizard([
    ['Go on from there?', ''],
    ['chatwoot_admin_email:', 'nobody'],
    ['cannot be "nobody"', '\x15admin@example.test'],
    ['What else do you want to set?', `${down}${down}${down}${down} `],
    ['chatwoot_size:', 'small'],
    ['More of sizes?', `${down.repeat(10)} ${down} ${down} ${down} ${down}${down} `],
    ['chatwoot_open_files:', '4096'],
    ['chatwoot_swap:', '0'],
    ['chatwoot_min_memory:', '1000'],
    ['chatwoot_min_disk:', '1024'],
    ['chatwoot_sysctl:', '{}'],
    ['What now?', ''],
    ['Plan of'],
    ['would change'],
    ['What now?', down],
  ])
  expect({exit, end: exit === 0 ? '' : output}).toEqual({exit: 0, end: ''})
  expect(existsSync(join(folder, '.prod.yml.unfinished'))).toBe(false)
  expect(readFileSync(join(folder, 'prod.yml'), 'utf8').replace(host.address, 'ADDRESS')).toMatchInlineSnapshot(`
    "# Made by provision init. To bring the site up, and after each change here: npx provision --inventory prod.yml
    # All inputs and their defaults: npx provision docs inputs. What is generated (passwords, keys) is sealed in
    # prod.secrets.age beside this file; that file, and the identity that opens it, are to be backed up.
    chatwoot:
      hosts:
        init-test:
          # Where SSH finds the host, and as whom.
          ansible_host: ADDRESS
          ansible_user: deploy
          ansible_ssh_private_key_file: ./key

          # The site.
          # The name that browsers use, without https:// and without a slash.
          chatwoot_domain: chat.example.test

          # The first admin.
          # Whoever signs in first; also the super admin. Changing it later makes a second admin.
          chatwoot_admin_email: admin@example.test

          # TLS.
          # selfsigned: a certificate made on the host (browsers warn). letsencrypt: ordered and renewed by certbot, once
          # the domain points to the host and port 80 is open. provided: your own files, named below.
          # chatwoot_tls: letsencrypt

          # Sizes.
          # One of chatwoot_sizes, taken from the memory of the host; each value can be said on its own instead.
          chatwoot_size: small

          # Open files for each of web, worker and nginx; every WebSocket takes some.
          chatwoot_open_files: 4096

          # Swap file in MB; 0 makes none.
          chatwoot_swap: 0

          # Less memory than this, in MB, is refused before anything is changed.
          chatwoot_min_memory: 1000

          # Less free disk than this, in MB, is refused before anything is changed, while there is no site yet.
          chatwoot_min_disk: 1024

          # Kernel settings. Redis needs the default one to save in the background when memory is short.
          chatwoot_sysctl: {}

          # Mail.
          # Without an address Chatwoot cannot send mail.
          # chatwoot_smtp:
          #   address: smtp.example.com
          #   username: chatwoot
          #   password: '{{ smtp_password }}'
    "
  `)
  const answer = await https(host, domain, '/api')
  expect(JSON.parse(answer.body)).toMatchObject({queue_services: 'ok', data_services: 'ok'})
}, 660_000)
