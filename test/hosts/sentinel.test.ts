// Secrets of every kind of input, hunted through everything that is written here and on the host.
import {mkdirSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {run, succeeds} from '../../src/sandbox/local-command.ts'
import {installPackages} from '../../src/sandbox/machine.ts'
import {type SandboxHost, sandboxDown, sandboxUp} from '../../src/sandbox/sandbox.ts'
import {execute, type Ran, Workplace} from './support/command.ts'
import {Sentinels, watchArguments} from './support/sentinels.ts'

const name = 'sentinel-test'
const program = new URL('../../dist/cli.js', import.meta.url).pathname
const place = new Workplace()
let host: SandboxHost

/** One secret for each way in which a value gets into a run. */
const secrets = {
  s_inventory: "Inv-7fK2'quote",
  s_extra: 'Ext-9dQ4"double',
  s_environment: 'Env-3bZ8 with space',
  s_sealed: 'Sea-5mX1\nsecond-line-5mX1',
  s_file: 'Fil-1pW6$dollar',
  s_vault: 'Vau-8rT4%percent',
}

/** What is looked for: a part of each that no quoting changes. */
const sentinels = new Sentinels([
  'Inv-7fK2',
  'Ext-9dQ4',
  'Env-3bZ8',
  'Sea-5mX1',
  'second-line-5mX1',
  'Fil-1pW6',
  'Vau-8rT4',
])

beforeAll(async () => {
  if (!(await succeeds`command -v ansible-vault`)) {
    console.log('installing Debian packages on this machine: ansible')
    await installPackages(['ansible'])
  }
  const [made] = await sandboxUp({names: [name], say: line => console.log(line)})
  if (!made) throw new Error('no host')
  host = made
  await write()
  await provision(['secrets', 'set', 's_sealed', '-i', 'hosts.yml'], secrets.s_sealed)
})

afterAll(async () => {
  await sandboxDown({names: [name], say: () => {}})
  place.remove()
})

async function write(): Promise<void> {
  const options = Object.keys(secrets).map(key => `      ${key}: {description: A secret., no_log: true}\n`)
  mkdirSync(join(place.folder, 'meta'))
  place.write('meta/argument_specs.yml', `argument_specs:\n  main:\n    options:\n${options.join('')}`)
  const inventory = {
    ansible_host: host.address,
    ansible_user: host.user,
    ansible_ssh_private_key_file: host.keyFile,
    ansible_ssh_common_args: `-o UserKnownHostsFile=${host.knownHostsFile}`,
    s_inventory: secrets.s_inventory,
    s_environment: "{{ lookup('env', 'S_ENVIRONMENT') }}",
    s_file: "{{ lookup('file', playbook_dir ~ '/kept.txt') }}",
  }
  place.write('hosts.yml', JSON.stringify({all: {hosts: {[name]: inventory}}}))
  place.write('extra.json', JSON.stringify({s_extra: secrets.s_extra}))
  place.write('kept.txt', secrets.s_file)
  place.write('vault-password.txt', 'the-password-of-the-vault')
  mkdirSync(join(place.folder, 'group_vars'))
  const vaulted = place.write('group_vars/all.yml', JSON.stringify({s_vault: secrets.s_vault}))
  await run`ansible-vault encrypt --vault-password-file ${join(place.folder, 'vault-password.txt')} ${vaulted}`
  const all = `{{ [${Object.keys(secrets).join(', ')}] | join(' ') }}`
  const tasks = [
    {name: 'Folder', file: {path: '/srv/own', state: 'directory', mode: '0700'}},
    {name: 'Own file', copy: {content: `${all}\n`, dest: '/srv/own/all', mode: '0600'}},
    {name: 'Line', lineinfile: {path: '/srv/own/lines', line: '{{ s_inventory }}', create: true}},
    {name: 'In the environment', command: {cmd: 'sleep 1'}, environment: {ALL: all}, changed_when: false},
    {name: 'Each', debug: {msg: '{{ item }}'}, loop: Object.keys(secrets).map(key => `{{ ${key} }}`)},
    {
      name: 'Told by the host',
      command: 'cat /srv/own/all',
      register: 'told',
      changed_when: false,
      check_mode: false,
      failed_when: false,
    },
    {name: 'Told again', debug: {var: 'told'}},
    {name: 'Fails', shell: 'cat /srv/own/all; cat /srv/own/all >&2; false', ignore_errors: true},
    {name: 'Fails here', assert: {that: 'false', fail_msg: all}, ignore_errors: true},
  ]
  place.write('play.yml', JSON.stringify([{hosts: 'all', become: true, gather_facts: false, tasks}]))
}

function provision(words: readonly string[], input = ''): Promise<Ran> {
  const environment = {
    ...process.env,
    HOME: place.folder,
    S_ENVIRONMENT: secrets.s_environment,
    XDG_STATE_HOME: '',
    XDG_CONFIG_HOME: '',
  }
  return execute(process.execPath, [program, ...words], {cwd: place.folder, seconds: 120, input, environment})
}

test('no secret is seen in any output, file, process or log', async () => {
  const stopWatching = await watchArguments(host)
  const vault = ['--vault-password-file', 'vault-password.txt']
  const way = ['-i', 'hosts.yml', '-e', '@extra.json', ...vault]
  const runs = [
    ['play.yml', ...way, '--check', '--diff', '-vv'],
    ['plan', 'play.yml', ...way, '--out', 'kept-plan.json', '-vv'],
    ['apply', 'kept-plan.json', '-vv', ...vault],
    ['play.yml', ...way, '--diff', '-vvv', '--output', 'plain'],
    ...['json', 'jsonl', 'junit'].map(form => ['play.yml', ...way, '--output', form]),
    ['drift', 'play.yml', ...way],
    ['drift', 'play.yml', ...way, '--output', 'json'],
    ['hosts', '-i', 'hosts.yml', '--vars', name, '-v', '--playbook-dir', '.', ...vault],
  ]
  const lines: string[] = []
  for (const words of runs) {
    const {stdout, stderr, exit} = await provision(words)
    if (exit === 70) throw new Error(stderr)
    lines.push(`${words.join(' ')}: ${exit} ${sentinels.in(stdout + stderr).join(' ')}`)
    if (words.includes('jsonl')) place.write('run.jsonl', stdout)
  }
  const {stdout: page} = await provision(['report', 'run.jsonl'])
  lines.push(`page: ${page.includes('Own file')} ${sentinels.in(page).join(' ')}`)
  const processes = await stopWatching()
  expect(lines).toMatchInlineSnapshot(`
    [
      "play.yml -i hosts.yml -e @extra.json --vault-password-file vault-password.txt --check --diff -vv: 2 ",
      "plan play.yml -i hosts.yml -e @extra.json --vault-password-file vault-password.txt --out kept-plan.json -vv: 2 ",
      "apply kept-plan.json -vv --vault-password-file vault-password.txt: 0 ",
      "play.yml -i hosts.yml -e @extra.json --vault-password-file vault-password.txt --diff -vvv --output plain: 0 ",
      "play.yml -i hosts.yml -e @extra.json --vault-password-file vault-password.txt --output json: 0 ",
      "play.yml -i hosts.yml -e @extra.json --vault-password-file vault-password.txt --output jsonl: 0 ",
      "play.yml -i hosts.yml -e @extra.json --vault-password-file vault-password.txt --output junit: 0 ",
      "drift play.yml -i hosts.yml -e @extra.json --vault-password-file vault-password.txt: 2 ",
      "drift play.yml -i hosts.yml -e @extra.json --vault-password-file vault-password.txt --output json: 2 ",
      "hosts -i hosts.yml --vars sentinel-test -v --playbook-dir . --vault-password-file vault-password.txt: 0 ",
      "page: true ",
    ]
  `)
  expect(processes).toContain('sleep 1')
  expect(sentinels.in(processes)).toEqual([])
  expect(await sentinels.onHost(host)).toEqual({files: ['/srv/own/all', '/srv/own/lines'], logs: []})
  expect(sentinels.filesIn(place.folder)).toEqual(['extra.json', 'hosts.yml', 'kept.txt'])
})
