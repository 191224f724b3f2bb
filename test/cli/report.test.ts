import {existsSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {page} from '../../src/report/page/page.ts'
import {historyLines} from '../report/page-records.ts'
import {folderWith, provision, screen} from './program.ts'

test('report writes a page of a file or of what comes in, and leaves no page where there is nothing to tell', async () => {
  const folder = folderWith({'history.jsonl': historyLines, 'other.json': '{"a": 1}\n'})
  const html = page(historyLines, 'history.jsonl')
  expect(await provision(folder, ['report', 'history.jsonl', '--out', 'page.html'])).toMatchObject({
    exit: 0,
    stdout: '',
  })
  expect(readFileSync(join(folder, 'page.html'), 'utf8')).toBe(html)
  expect(await provision(folder, ['report'], {input: historyLines})).toMatchObject({exit: 0, stdout: html})
  expect(screen(await provision(folder, ['report', 'other.json', '--out', 'no.html']))).toMatchInlineSnapshot(`
    "exit 3
    error: other.json:1: version: Invalid input: expected 1
    Expected what provision --output json or jsonl prints, or the history.jsonl of provision drift."
  `)
  expect(existsSync(join(folder, 'no.html'))).toBe(false)
})
