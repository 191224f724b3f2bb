import {mkdtempSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {expect, it} from 'vitest'
import type {Value} from '../../src/module.ts'
import {moduleMap} from '../../src/modules/index.ts'
import {loadPlaybook} from '../../src/playbook/playbook.ts'
import {renderValue} from '../../src/template/template.ts'
import {Variables} from '../../src/template/variables.ts'

const folder = mkdtempSync(join(tmpdir(), 'loop-'))

const variables = new Variables([{list: [1, [2, [3]]], word: 'w', map: {b: 1, a: 2}}])

async function itemsOf(loop: string): Promise<Value> {
  const file = join(folder, 'site.yml')
  writeFileSync(file, `- hosts: all\n  tasks:\n    - ping:\n      ${loop}\n`)
  const [play] = await loadPlaybook(file, moduleMap)
  const task = play?.entries[0]
  return task?.kind === 'task' ? renderValue(task.loop ?? null, variables) : null
}

it.each([
  ['loop: [1, [2]]', [1, [2]]],
  ['loop: "{{ list }}"', [1, [2, [3]]]],
  ['with_items: [1, [2, [3]]]', [1, 2, [3]]],
  ['with_items: "{{ list }}"', [1, 2, [3]]],
  ['with_items: ["{{ list }}", x]', [1, [2, [3]], 'x']],
  ['with_items: ["x {{ word }}", y]', ['x w', 'y']],
  ['with_items: word', ['word']],
  ['with_list: [1, [2]]', [1, [2]]],
  ['with_flattened: ["{{ list }}", [4, [5]]]', [1, 2, 3, 4, 5]],
  [
    'with_dict: "{{ map }}"',
    [
      {key: 'b', value: 1},
      {key: 'a', value: 2},
    ],
  ],
  [
    'with_dict: {x: 1, a: 2}',
    [
      {key: 'x', value: 1},
      {key: 'a', value: 2},
    ],
  ],
])('%s', async (loop, expected) => {
  expect(await itemsOf(loop)).toEqual(expected)
})
