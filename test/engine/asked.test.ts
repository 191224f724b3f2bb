import {expect, test} from 'vitest'
import {z} from 'zod'
import {hostModule} from '../../src/module.ts'
import {sh} from '../../src/shell/shell.ts'
import {line, runOn, SmallHost, task} from './small-host.ts'

type Moments = {readonly sent: number; readonly said: number; readonly came: number}

/** Notes each time when it was asked, when it said something, and when that came, in milliseconds. */
function moments(noted: Moments[]) {
  return hostModule<{readonly [name: string]: never}, null>({
    name: 'moments',
    summary: 'Tells the time.',
    slow: true,
    schema: z.strictObject({}),
    probe: () => sh`date +%s%3N`,
    parse: (answer, _, asked) => {
      noted.push({...asked, said: Number(answer)})
      return null
    },
    plan: () => [],
    apply: () => sh`:`,
  })
}

test('an answer comes with the moments between which it was given, also where it is asked for anew after a change', async () => {
  const host = new SmallHost()
  const noted: Moments[] = []
  const begun = Date.now()
  const change = task('change', line, {path: host.path('a'), content: 'x'})
  const ran = await runOn([change, task('look', moments(noted), {})])
  expect(ran.tasks).toEqual(['changed change', 'ok look'])
  expect(noted.length).toBe(2)
  for (const {sent, said, came} of noted)
    expect([begun, sent, said, came]).toEqual([begun, sent, said, came].toSorted())
  expect(noted[1]?.sent).toBeGreaterThanOrEqual(noted[0]?.came ?? Number.NaN)
})
