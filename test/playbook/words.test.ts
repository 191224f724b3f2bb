import {join} from 'node:path'
import {expect, it} from 'vitest'
import {ConfigError} from '../../src/errors.ts'
import {moduleMap} from '../../src/modules/index.ts'
import {loadPlaybook} from '../../src/playbook/playbook.ts'

it('tells mistakes in the less usual words of plays, blocks and tasks', async () => {
  expect(await problemsOf('bad/words.yml')).toMatchSnapshot()
})

async function problemsOf(name: string): Promise<readonly string[]> {
  const error: unknown = await loadPlaybook(join(import.meta.dirname, name), moduleMap).catch(
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof ConfigError)) throw error
  return error.problems.map(({source, message, expected, suggestion}) =>
    [`${source.line}:${source.column}`, message, expected, suggestion].filter(Boolean).join(' | '),
  )
}
