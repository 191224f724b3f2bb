import {join} from 'node:path'
import {expect, it} from 'vitest'
import {UsageError} from '../../src/errors.ts'
import {moduleMap} from '../../src/modules/index.ts'
import type {Entry} from '../../src/play.ts'
import {loadPlaybook} from '../../src/playbook/playbook.ts'
import {selectTags, tagsOf} from '../../src/playbook/select-tags.ts'
import {tasksOf} from '../../src/playbook/walk.ts'

const plays = await loadPlaybook(join(import.meta.dirname, 'tags/site.yml'), moduleMap)
const included = await loadPlaybook(join(import.meta.dirname, 'tags/include.yml'), moduleMap)

function names(entries: readonly Entry[]): string {
  return tasksOf(entries)
    .map(task => task.name)
    .join(' ')
}

it.each([
  [[], [], 'untagged a ab inner always'],
  [['all'], [], 'untagged a ab inner always'],
  [['a'], [], 'a ab always'],
  [['a', 'c'], [], 'a ab inner always'],
  [['never'], [], 'never always'],
  [['danger'], [], 'never always'],
  [['tagged'], [], 'a ab inner always'],
  [['untagged'], [], 'untagged always'],
  [[], ['b'], 'untagged a inner always'],
  [[], ['tagged'], 'untagged always'],
  [[], ['untagged'], 'a ab inner always'],
  [['a'], ['b', 'always'], 'a'],
  [['all'], ['a', 'b', 'c'], 'untagged always'],
])('--tags %j --skip-tags %j runs: %s', (tags, skipTags, expected) => {
  expect(selectTags(plays, {tags, skipTags}).map(play => names(play.entries))).toEqual([expected])
})

it('keeps handlers and the points where they run', () => {
  const [play] = selectTags(plays, {tags: ['b'], skipTags: ['always']})
  expect(play?.handlers.map(handler => handler.name)).toEqual(['handler'])
  expect(play?.entries.map(entry => entry.kind)).toEqual(['task', 'meta'])
})

it('selects among the tasks that an include brings, too', async () => {
  const [play] = selectTags(included, {tags: ['late'], skipTags: []})
  const include = play?.entries[0]
  if (include?.kind !== 'include') throw new Error('no include')
  expect(names((await include.load(() => 'more.yml')).entries)).toBe('late')
})

it('lists all tags', () => {
  expect(tagsOf(plays.flatMap(play => play.entries))).toEqual(['a', 'always', 'b', 'c', 'danger', 'never'])
})

it('refuses a tag that nothing has, and names the nearest', () => {
  const select = (tag: string) => selectTags(plays, {tags: [tag], skipTags: []})
  expect(() => select('dangr')).toThrow(
    new UsageError('nothing in the playbook has the tag "dangr"', 'Did you mean "danger"?'),
  )
  expect(() => select('x-ray')).toThrow(
    new UsageError('nothing in the playbook has the tag "x-ray"', 'Tags here: a, b, c, danger'),
  )
})
