// Secrets that people type or that a program prints, hunted through everything that is written here and on the host.
import {chmodSync, mkdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {run} from '../../src/sandbox/local-command.ts'
import {type SandboxHost, sandboxDown, sandboxUp} from '../../src/sandbox/sandbox.ts'
import {BadHost} from './support/bad-host.ts'
import {Workplace} from './support/command.ts'
import {onHost} from './support/look.ts'
import {Sentinels, watchArguments} from './support/sentinels.ts'
import {onTerminal} from './support/terminal.ts'

const name = 'sentinel-typed-test'
const program = new URL('../../dist/cli.js', import.meta.url).pathname
const place = new Workplace()
let host: SandboxHost

const login = "Log-4kV7'quote"
const sudo = 'Sud-2hN9"double'
const passphrase = 'Pas-6wB3 with space'
const prompt = 'Pro-8yC5$dollar'
const printed = 'Prg-1tJ4%percent'
/** How the hash of the prompted password begins. */
const hash = '$6$saltofthetest$'
const sentinels = new Sentinels(['Log-4kV7', 'Sud-2hN9', 'Pas-6wB3', 'Pro-8yC5', 'Prg-1tJ4', hash])

beforeAll(async () => {
  const [made] = await sandboxUp({names: [name], say: line => console.log(line)})
  if (!made) throw new Error('no host')
  host = made
  await prepare(new BadHost(host))
  write()
})

afterAll(async () => {
  await sandboxDown({names: [name], say: () => {}})
  place.remove()
})

/** Files with secrets: the passwords of users, and what each way of logging in knows. */
const files = ['passwords', 'typing', 'keyed']

/** A user with a password and one with a locked key; sudo asks both for root's password. */
async function prepare(one: BadHost): Promise<void> {
  await run`ssh-keygen -q -t ed25519 -N ${passphrase} -C locked -f ${join(place.folder, 'locked-key')}`
  const publicKey = readFileSync(join(place.folder, 'locked-key.pub'), 'utf8').trim()
  await one.addUser('typing')
  await one.addUser('keyed')
  place.write('passwords', `typing:${login}\nroot:${sudo}\n`)
  place.write('typing', `${[login, sudo, prompt, printed].join('\n')}\n`)
  place.write('keyed', `${[sudo, passphrase, prompt, printed].join('\n')}\n`)
  for (const file of files)
    await run`scp -q -F none -i ${host.keyFile} -o UserKnownHostsFile=${host.knownHostsFile} ${join(place.folder, file)} ${`root@${host.address}:/srv`}`
  await onHost(host, 'chpasswd </srv/passwords && rm /srv/passwords && chmod 644 /srv/typing /srv/keyed')
  await onHost(host, `rm /home/typing/.ssh/authorized_keys; echo '${publicKey}' >/home/keyed/.ssh/authorized_keys`)
  await onHost(
    host,
    "printf 'Defaults:typing,keyed rootpw\\ntyping,keyed ALL=(ALL) ALL\\n' >/etc/sudoers.d/typed && " +
      "echo 'PasswordAuthentication yes' >/etc/ssh/sshd_config.d/00-test.conf && systemctl restart ssh",
  )
}

function write(): void {
  for (const folder of ['meta', '.ssh']) mkdirSync(join(place.folder, folder))
  place.write('.ssh/known_hosts', readFileSync(host.knownHostsFile, 'utf8'))
  place.write(
    'meta/argument_specs.yml',
    'argument_specs: {main: {options: {s_program: {description: A secret., no_log: true}}}}\n',
  )
  const hosts = {[name]: {ansible_host: host.address, s_program: printed}}
  const list = {_meta: {hostvars: hosts}, all: {hosts: [name]}}
  chmodSync(place.write('hosts.sh', `#!/bin/sh\ncat <<'END'\n${JSON.stringify(list)}\nEND\n`), 0o755)
  const all = '{{ s_prompt }} {{ s_program }} {{ s_hash }}'
  const tasks = [
    {name: 'Told by the host', command: 'cat /srv/{{ way }}', register: 'told', changed_when: false, check_mode: false},
    {name: 'Told again', debug: {var: 'told'}},
    {name: 'Said', debug: {msg: all}},
    {name: 'Said in one word', debug: {var: 's_hash'}},
    {name: 'In the environment', command: 'sleep 1', environment: {ALL: all}, changed_when: false, become: true},
    {name: 'Folder', file: {path: '/srv/own', state: 'directory', mode: '0700'}, become: true},
    {name: 'Own file', copy: {content: `${all}\n`, dest: '/srv/own/all', mode: '0600'}, become: true},
    {name: 'Fails', shell: 'cat /srv/{{ way }}; cat /srv/{{ way }} >&2; false', ignore_errors: true, become: true},
    {name: 'Fails here', assert: {that: 'false', fail_msg: all}, ignore_errors: true},
  ]
  const hashed = {encrypt: 'sha512_crypt', salt: 'saltofthetest'}
  const vars_prompt = [
    {name: 's_prompt', prompt: 'The prompted', private: true, unsafe: true},
    {name: 's_hash', prompt: 'The hashed', private: true, ...hashed},
  ]
  place.write('play.yml', JSON.stringify([{hosts: 'all', gather_facts: false, vars_prompt, tasks}]))
}

const typing: readonly (readonly [string, string])[] = [
  ['SSH password:', login],
  ['BECOME password', sudo],
]
const keyed: readonly (readonly [string, string])[] = [
  ['BECOME password', sudo],
  ['Passphrase of', passphrase],
]
const asked = [
  ['The prompted:', prompt],
  ['The hashed:', prompt],
] as const
const byPassword = ['-i', 'hosts.sh', '-u', 'typing', '-k', '-K', '-e', 'way=typing']
const byKey = ['-i', 'hosts.sh', '-u', 'keyed', '--private-key', 'locked-key', '-K', '-e', 'way=keyed']

test('no secret that was typed, and none of an inventory program, is seen in any output, file, process or log', async () => {
  const stopWatching = await watchArguments(host)
  const runs = [
    {words: ['play.yml', ...byPassword, '--check', '--diff', '-vv'], answers: [...asked, ...typing]},
    {words: ['play.yml', ...byPassword, '--diff', '-vvv', '--output', 'plain'], answers: [...asked, ...typing]},
    {words: ['plan', 'play.yml', ...byKey, '--out', 'kept-plan.json', '-vv'], answers: [...asked, ...keyed]},
    {words: ['apply', 'kept-plan.json', '-K', '-e', 'way=keyed', '-vv'], answers: [...asked, ...keyed]},
    ...['json', 'jsonl', 'junit'].map(form => ({
      words: ['play.yml', ...byKey, '--output', form],
      answers: [...asked, ...keyed],
    })),
    {words: ['drift', 'play.yml', ...byPassword], answers: [...asked, ...typing]},
    {words: ['drift', 'play.yml', ...byKey, '--output', 'json'], answers: [...asked, ...keyed]},
    {words: ['hosts', '-i', 'hosts.sh', '--vars', name, '-v', '--playbook-dir', '.'], answers: []},
  ]
  const lines: string[] = []
  for (const {words, answers} of runs) {
    const {exit, output} = await provision(words, answers)
    if (exit === 70) throw new Error(output)
    lines.push(`${words.join(' ')}: ${exit} ${sentinels.in(output).join(' ')}`)
  }
  const processes = await stopWatching()
  expect(lines).toMatchInlineSnapshot(`
    [
      "play.yml -i hosts.sh -u typing -k -K -e way=typing --check --diff -vv: 2 ",
      "play.yml -i hosts.sh -u typing -k -K -e way=typing --diff -vvv --output plain: 0 ",
      "plan play.yml -i hosts.sh -u keyed --private-key locked-key -K -e way=keyed --out kept-plan.json -vv: 2 ",
      "apply kept-plan.json -K -e way=keyed -vv: 0 ",
      "play.yml -i hosts.sh -u keyed --private-key locked-key -K -e way=keyed --output json: 0 ",
      "play.yml -i hosts.sh -u keyed --private-key locked-key -K -e way=keyed --output jsonl: 0 ",
      "play.yml -i hosts.sh -u keyed --private-key locked-key -K -e way=keyed --output junit: 0 ",
      "drift play.yml -i hosts.sh -u typing -k -K -e way=typing: 2 ",
      "drift play.yml -i hosts.sh -u keyed --private-key locked-key -K -e way=keyed --output json: 2 ",
      "hosts -i hosts.sh --vars sentinel-typed-test -v --playbook-dir .: 0 ",
    ]
  `)
  expect(processes).toContain('sleep 1')
  expect(sentinels.in(processes)).toEqual([])
  expect(await sentinels.onHost(host)).toEqual({files: ['/srv/keyed', '/srv/own/all', '/srv/typing'], logs: []})
  expect(sentinels.filesIn(place.folder)).toEqual(['hosts.sh', ...files].toSorted())
})

test('a wrong password is not seen where it is refused', async () => {
  const wrong = [...asked, ['SSH password:', `${login}-wrong`], ['BECOME password', sudo]] as const
  const {exit, output} = await provision(['play.yml', ...byPassword, '-vvv'], wrong)
  expect(exit).toBe(4)
  expect(sentinels.in(output)).toEqual([])
})

/** Types the answers at a terminal; the folder is the home, too. */
function provision(words: readonly string[], answers: readonly (readonly [string, string])[]) {
  const env = {PATH: process.env.PATH ?? '', HOME: place.folder, LC_ALL: 'C.UTF-8', TERM: 'xterm', NO_COLOR: '1'}
  return onTerminal([process.execPath, program, ...words], {cwd: place.folder, env}, answers, 120)
}
