import {readdirSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {provision, screen} from './program.ts'

const folder = join(import.meta.dirname, 'mistakes')

test('each of the mistakes that people make in playbooks is told with its place, what was expected and the nearest right word', async () => {
  const ran = await provision(folder, ['-i', 'hosts.ini', '--syntax-check', '.'])
  const playbooks = readdirSync(folder).filter(file => file.endsWith('.yml'))
  const problems = ran.stderr.match(/^FOLDER\S+:\d+:\d+: /gm) ?? []
  expect(playbooks.length).toBeGreaterThan(30)
  expect(problems).toHaveLength(playbooks.length)
  await expect(`${screen(ran)}\n`).toMatchFileSnapshot('mistakes/screen.txt')
})
