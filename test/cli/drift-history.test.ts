import {once} from 'node:events'
import {existsSync, readdirSync, statSync, writeFileSync} from 'node:fs'
import {createServer} from 'node:net'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {driftFolder} from './drift-folder.ts'
import {provision, type Ran, screen} from './program.ts'

const {folder, put} = driftFolder(`
    - name: A secret file
      copy: {content: "sentinel-of-a-secret\\n", dest: "{{ there }}/secret"}
      no_log: true
`)

const drift = (...more: readonly string[]) => provision(folder, ['drift', '-i', 'hosts.yml', 'play.yml', ...more])
const history = (...more: readonly string[]) =>
  provision(folder, ['drift', 'history', '-i', 'hosts.yml', 'play.yml', ...more])

/** What is never the same: times. */
const steady = (ran: Ran) =>
  screen(ran)
    .replaceAll(/[\d.]+ m?s\b/g, 'TIME')
    .replaceAll(/"ms": ?\d+/g, '"ms":0')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME')

const state = join(folder, '.local', 'state', 'provision', 'drift')

describe('the history of drift', () => {
  test('says so while nobody has looked', async () => {
    expect(steady(await history())).toMatchSnapshot()
    expect(existsSync(state)).toBe(false)
  })

  test('has a line for each look: in order, drifted, unreachable, failed', async () => {
    put('a', 'one\n')
    put('secret', 'sentinel-of-a-secret\n')
    await drift('--limit', 'web1')
    put('a', 'two\n')
    put('secret', 'other\n')
    await drift('--limit', 'web1')
    await drift()
    await drift('--limit', 'nobody')
    expect(steady(await history())).toMatchSnapshot()
  })

  test('is JSON for programs, and holds no value that no_log hides', async () => {
    const {stdout, ...rest} = await history('--output', 'json', '--last', '3')
    expect(steady({...rest, stdout: JSON.stringify(JSON.parse(stdout), undefined, 1)})).toMatchSnapshot()
  })

  test('a look that a timer starts while another is under way is left out, and the history says so', async () => {
    const [id = ''] = readdirSync(state)
    const holder = createServer().listen(`\0provision-drift-${join(state, id)}`)
    await once(holder, 'listening')
    expect(steady(await drift('--scheduled'))).toMatchSnapshot()
    holder.close()
    expect(steady(await history('--last', '1'))).toMatchSnapshot()
  })

  test('can be read by its owner alone, and survives a line that was half written', async () => {
    const [id = ''] = readdirSync(state)
    const file = join(state, id, 'history.jsonl')
    expect((statSync(file).mode & 0o777).toString(8)).toBe('600')
    writeFileSync(file, '{"version":1,"ti', {flag: 'a'})
    put('a', 'one\n')
    put('secret', 'sentinel-of-a-secret\n')
    await drift('--limit', 'web1')
    expect(steady(await history('--last', '2'))).toMatchSnapshot()
  })

  test('goes on in a new file when it is full, and keeps the one before', async () => {
    const [id = ''] = readdirSync(state)
    writeFileSync(join(state, id, 'history.jsonl'), `${' '.repeat(2_000_001)}\n`, {flag: 'a'})
    await drift('--limit', 'web1')
    expect(readdirSync(join(state, id)).toSorted()).toEqual(['history.jsonl', 'history.older.jsonl'])
    expect(statSync(join(state, id, 'history.jsonl')).size).toBeLessThan(1000)
  })
})
