import {expect, test} from 'vitest'
import {folderWith, provision} from './program.ts'

const folder = folderWith({})
const help = async (...words: readonly string[]) => (await provision(folder, [...words, '--help'])).stdout

test('help fits a screen of 40 lines and 80 columns, and has an example, for every verb', async () => {
  const main = await help()
  const verbs = [...(/^Commands:\n((?: .*\n)+)/m.exec(main)?.[1]?.matchAll(/^ {2}([\w-]+)/gm) ?? [])].map(
    ([, verb = '']) => verb,
  )
  expect(verbs).toContain('plan')
  const screens = [main, ...(await Promise.all(verbs.map(verb => help(verb))))]
  for (const screen of screens) {
    expect(screen).toMatch(/^Examples?:/m)
    expect(screen.split('\n').length).toBeLessThanOrEqual(40)
    expect(screen.split('\n').filter(line => line.length > 80)).toEqual([])
  }
})

test('help leaves flags that few need to -v, and says so', async () => {
  const [brief, all] = [await help('plan'), await help('plan', '-v')]
  expect(brief).toContain('All flags: provision plan -v --help')
  expect([brief, all].map(text => text.includes('--vault-id'))).toEqual([false, true])
})
