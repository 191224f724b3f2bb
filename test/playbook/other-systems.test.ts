import {mkdtempSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {ConfigError} from '../../src/errors.ts'
import {moduleMap} from '../../src/modules/index.ts'
import {loadPlaybook} from '../../src/playbook/playbook.ts'

const folder = mkdtempSync(join(tmpdir(), 'provision-systems-'))

function load(tasks: string) {
  const file = join(folder, 'site.yml')
  writeFileSync(file, `- hosts: all\n  tasks:\n${tasks}`)
  return loadPlaybook(file, moduleMap)
}

test('a module for other systems may stand in a task with a condition, also in that of a block around it', async () => {
  const plays = await load(
    '    - yum: name=jq state=latest\n      when: a == b\n    - when: a == b\n      block:\n        - dnf: {name: [jq]}\n',
  )
  expect(plays[0]?.entries).toHaveLength(3)
})

test('a module for other systems is refused where it would be reached for sure', async () => {
  const error = await load('    - yum: name=jq\n').catch((error: unknown) => error)
  expect(error instanceof ConfigError && error.problems.map(({message, expected}) => [message, expected])).toEqual([
    ['"yum" is not for Debian and its kin', 'package, or a when that skips the task on Debian'],
  ])
})
