import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, it} from 'vitest'
import {parse} from 'yaml'
import {modules} from '../src/modules/index.ts'
import {metaActions, playKeywords, shortName, taskKeywords} from '../src/playbook/keywords.ts'
import {isMap} from '../src/value.ts'

/** What a YAML file of the twins says, read as plain data. */
type Words = {readonly [key: string]: unknown}

const root = join(import.meta.dirname, '..')
const twins = join(root, 'test/hosts/twins')
const said = everythingSaid()

it('every module is run beside that of Ansible, or docs/differences.md says why not', () => {
  const used = said.tasks.flatMap(task => Object.keys(task)).map(shortName)
  expect(
    difference(
      modules.map(module => module.name),
      [...used, ...exceptions('Modules')],
    ),
  ).toEqual([])
})

it('every keyword is used in a playbook that Ansible runs, too, or docs/differences.md says why not', () => {
  const keywords = [
    ...difference(playKeywords, said.plays.flatMap(Object.keys)),
    ...difference(taskKeywords, said.tasks.flatMap(Object.keys).map(shortName)),
    ...difference(['block', 'rescue', 'always'], said.blocks.flatMap(Object.keys)),
    ...difference(
      metaActions,
      said.tasks.map(task => String(task.meta)),
    ),
  ]
  expect(difference(keywords, exceptions('Keywords'))).toEqual([])
})

/** All plays, tasks and blocks of the twins' playbooks, roles and files of tasks. */
function everythingSaid(): {
  readonly plays: readonly Words[]
  readonly tasks: readonly Words[]
  readonly blocks: readonly Words[]
} {
  const files = playbookFiles()
  const lists = files.map(file => parse(readFileSync(join(twins, file), 'utf8'))).filter(Array.isArray)
  const plays = lists.flat().filter(item => 'hosts' in item || 'import_playbook' in item)
  const within = ['pre_tasks', 'tasks', 'post_tasks', 'handlers'].flatMap(part =>
    plays.flatMap(play => play[part] ?? []),
  )
  const entries = [...within, ...lists.flat().filter(item => !plays.includes(item))].flatMap(inside)
  return {
    plays,
    tasks: entries.filter(entry => !('block' in entry)),
    blocks: entries.filter(entry => 'block' in entry),
  }
}

function playbookFiles(): readonly string[] {
  return readdirSync(twins, {recursive: true, encoding: 'utf8'}).filter(file => file.endsWith('.yml'))
}

/** A task; or a block with all that is in it. */
function inside(entry: unknown): readonly Words[] {
  if (!isMap(entry as never)) return []
  const words = entry as Words
  return [words, ...['block', 'rescue', 'always'].flatMap(part => listOf(words[part]).flatMap(inside))]
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function difference(all: readonly string[], used: readonly string[]): readonly string[] {
  return all.filter(word => !used.includes(word)).toSorted()
}

/** The words of a table in docs/differences.md, each of which has a reason. */
function exceptions(heading: string): readonly string[] {
  const text = readFileSync(join(root, 'docs/differences.md'), 'utf8')
  const section = text.split(/^## /m).find(part => part.startsWith(heading)) ?? ''
  const rows = [...section.matchAll(/^\| `(?<word>[^`]+)` \| (?<reason>.+) \|$/gm)]
  return rows.map(row => row.groups?.word ?? '').toSorted()
}
