// Tab in real shells on real terminals. Needs no host, but packages of the shells.
import {mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {succeeds} from '../../src/sandbox/local-command.ts'
import {installPackages} from '../../src/sandbox/machine.ts'
import {onTerminal} from './support/terminal.ts'

const folder = mkdtempSync(join(tmpdir(), 'provision-test-'))
const env = {PATH: `${folder}:${process.env.PATH}`, HOME: folder, TERM: 'dumb', PS1: 'READY> '}

const shells = {
  bash: {start: ['bash', '--norc', '-i'], load: 'source <(provision completion bash)'},
  zsh: {start: ['zsh', '-f', '-i'], load: 'autoload -U compinit; compinit -u -D; source <(provision completion zsh)'},
  fish: {
    start: ['fish', '--no-config', '-i', '-C', 'function fish_prompt; printf "READY> "; end'],
    load: 'provision completion fish | source',
  },
}

beforeAll(async () => {
  if (!(await succeeds`command -v zsh && command -v fish`)) {
    console.log('installing Debian packages on this machine: zsh fish')
    await installPackages(['zsh', 'fish'])
  }
  symlinkSync(new URL('../../dist/cli.js', import.meta.url).pathname, join(folder, 'provision'))
  writeFileSync(join(folder, 'prod-of-mine.yml'), 'web: {hosts: {some-long-name: {greeting: hello to you}}}\n')
})

afterAll(() => rmSync(folder, {recursive: true}))

test.each(Object.entries(shells))('%s completes verbs, modules, files and hosts', async (_, {start, load}) => {
  const {output} = await onTerminal(start, {cwd: folder, env}, [
    ['READY> ', load],
    ['READY> ', 'provision docs docker_compose_v2_ru\t'],
    ['READY> ', 'provision hosts -i prod-of\t --vars some-lo\t'],
    ['READY> ', 'exit'],
  ])
  expect(output).toContain('Runs a command in a new container of a service of a Compose project.')
  expect(output).toContain('hello to you')
})
