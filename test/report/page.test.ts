import {expect, test} from 'vitest'
import {page} from '../../src/report/page/page.ts'
import {finished, summary, wholeRun} from './events.ts'
import {history, historyLines, runLines} from './page-records.ts'
import {reported} from './reported.ts'

/** The page without its style sheet. */
const body = (html: string) => html.replace(/<style>.*<\/style>/s, '<style/>')

test('the page of a run tells failures, hosts, changes, slowest tasks and all tasks', async () => {
  const html = page(await runLines(), 'run.jsonl')
  expect(html).not.toContain('sentinel-value')
  expect(body(html)).toMatchSnapshot()
})

test('the page of the same run as one document has the same failures and changes', async () => {
  const {stdout} = await reported({output: 'json'}, wholeRun())
  const tasks = (html: string) => html.slice(html.indexOf('<h2>What changed'))
  expect(tasks(page(stdout, 'run.json'))).toBe(tasks(page(await runLines(), 'run.jsonl')))
})

test('the page of the history tells what is drifted now, hosts over time, what drifts most often, and the looks', () => {
  expect(body(page(historyLines, 'history.jsonl'))).toMatchSnapshot()
})

test('the history is read as JSON lines and as one list', () => {
  expect(page(JSON.stringify(history), 'stdin')).toBe(page(historyLines, 'history.jsonl'))
})

test('nothing that hosts, tasks and diffs say is taken for markup', async () => {
  const evil = `</style></pre><script>alert(1)</script><img src=x onerror='a"b'>&\u001B[31m\u0000`
  const changes = [{what: evil, before: `${evil}\n`, after: `${evil}\n${evil}\n`}]
  const {stdout} = await reported({output: 'jsonl'}, [
    {type: 'run-started', playbook: evil, hosts: [evil], check: false},
    {type: 'host-unreachable', host: evil, message: evil, hint: evil},
    finished({host: evil, task: evil, item: evil, status: 'changed', changes, message: evil}),
    finished({host: evil, task: evil, status: 'failed', ms: 5, failure: {message: evil, stderr: evil}}),
    {type: 'run-finished', hosts: {[evil]: summary({failed: 1})}, ms: 1, exit: 1},
  ])
  const drifted = [{host: evil, kind: evil, task: evil, item: evil, file: evil, line: 1, changes, message: evil}]
  const look = {version: 1, time: '2026-03-01T00:00:00Z', state: 'drifted', hosts: {[evil]: 'drifted'}, drifted, ms: 1}
  for (const html of [page(stdout, 'run.jsonl'), page(JSON.stringify(look), 'history.jsonl')]) {
    expect(html).toContain('&lt;script&gt;')
    expect(html.match(/<script|<img|onerror='|[^\P{Cc}\n]/gu)).toBe(null)
    expect(html.match(/<style>|<\/style>/g)).toEqual(['<style>', '</style>'])
  }
})

test('a run that did not come to its end is not called done', async () => {
  const lines = (await runLines()).split('\n').slice(0, 6).join('\n')
  expect(page(lines, 'run.jsonl')).toContain('<h1>The run did not come to its end</h1>')
})

test('what is neither a run nor a history is refused with its line', async () => {
  const refused = (text: string) => {
    try {
      return page(text, 'run.jsonl')
    } catch (error) {
      return String(error)
    }
  }
  const run = await runLines()
  const texts = ['', 'no json', '{"a": 1}', '7', `${historyLines}\n{"state": "clean"}`, `${run}${run}`]
  expect(texts.map(refused)).toMatchSnapshot()
})
