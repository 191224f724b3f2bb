import {failureLines} from '../failure-lines.ts'
import {type Markup, markup} from '../markup.ts'
import {wasToBe} from '../not-reached.ts'
import {taskTitle} from '../result-lines.ts'
import {makeStyle} from '../style.ts'
import {changedWords, count, duration} from '../words.ts'
import {changesMarkup} from './changes-markup.ts'
import {badge, document, folded, section, table} from './document.ts'
import {moment} from './moment.ts'
import type {NotReachedRow, RunRows, TaskRow} from './records.ts'

/** Tasks that the list of the slowest has. */
const slowest = 10

/** The page of a run: how it ended, its hosts, failures, changes, slowest tasks, and all tasks. */
export function runPage(run: RunRows): string {
  const title = verdict(run)
  const changed = run.tasks.filter(({status}) => status === 'changed')
  const failed = run.tasks.filter(({status}) => status === 'failed' || status === 'unreachable')
  return document(`${title}${run.playbook === undefined ? '' : `: ${run.playbook}`}`, [
    header(run, title),
    ...section('Failures', [...run.gone.map(goneMarkup), ...failed.map(failedMarkup)]),
    ...section('Of the plan, not reached', run.not_reached.map(notReachedMarkup)),
    ...section('Hosts', Object.keys(run.hosts).length === 0 ? [] : [hostTable(run)]),
    ...section(run.check ? 'What would change' : 'What changed', changed.map(changedMarkup)),
    ...section('Slowest tasks', slowTable(run.tasks)),
    ...section('All tasks', byHost(run.tasks)),
  ])
}

function verdict({hosts, tasks, gone, cut, exit}: RunRows): string {
  const all = count(Object.keys(hosts).length, 'host')
  const failed = new Set(tasks.filter(({status}) => status === 'failed').map(({host}) => host)).size
  const lost = Math.max(gone.length, Object.values(hosts).filter(({unreachable}) => unreachable > 0).length)
  if (cut) return 'The run did not come to its end'
  if (exit === 130) return 'The run was interrupted'
  if (failed > 0) return `The run failed on ${failed} of ${all}`
  if (lost > 0) return `${lost} of ${all} not reached`
  return exit === 0 || exit === 2 ? `The run is done: ${all}` : `The run ended with exit code ${exit}`
}

function header({playbook, check, time, ms, exit, tasks}: RunRows, title: string): Markup {
  const changed = tasks.filter(({status}) => status === 'changed').length
  const facts = [
    ...(playbook === undefined ? [] : [playbook]),
    ...(time === undefined ? [] : [moment(time)]),
    duration(ms),
    changedWords(changed, check),
    ...(check ? ['check mode: nothing was changed'] : []),
    `exit code ${exit}`,
  ]
  return markup`<header>
<h1>${title}</h1>
<p class="dim">${facts.join(' · ')}</p>
</header>
`
}

const columns = ['ok', 'changed', 'failed', 'unreachable', 'skipped', 'rescued', 'ignored', 'trips'] as const

function hostTable({hosts}: RunRows): Markup {
  const rows = Object.entries(hosts).map(([host, summary]) => [host, ...columns.map(name => summary[name])])
  return table('Tasks per host, and round trips', ['host', ...columns], rows)
}

function goneMarkup({host, message, hint}: RunRows['gone'][number]): Markup {
  const text = hint === undefined ? message : `${message}\nhint: ${hint}`
  return markup`<h3>${host}: ${badge('unreachable')}</h3>
<pre>${text}</pre>
`
}

function failedMarkup(row: TaskRow): Markup {
  const {file, line, failure = {message: row.message ?? row.status}} = row
  const known = failureLines({...row, source: {file, line, column: 1}}, failure, {
    style: makeStyle(false),
    verbosity: 1,
  })
  const text = known.filter(one => !/^(host|task|at) {5}/.test(one.padEnd(9)))
  return markup`<h3>${row.host}: ${taskTitle(row)}</h3>
<p>${badge(row.status)} <span class="dim">${file}:${line}</span></p>
<pre>${text.join('\n')}</pre>
`
}

function changedMarkup(row: TaskRow): Markup {
  const title = markup`${row.host}: ${taskTitle(row)} <span class="dim">${row.file}:${row.line}</span>`
  return folded(
    title,
    row.changes.length === 0
      ? [
          markup`<p class="dim">no details</p>
`,
        ]
      : changesMarkup(row.changes),
    true,
  )
}

function notReachedMarkup(row: NotReachedRow): Markup {
  const place = markup`<span class="dim">${row.file}:${row.line}</span>`
  const title = markup`${row.host}: ${taskTitle(row)}: ${wasToBe(row)} ${place}`
  return row.changes.length === 0 ? markup`<p>${title}</p>\n` : folded(title, changesMarkup(row.changes))
}

function slowTable(tasks: readonly TaskRow[]): readonly Markup[] {
  const slow = tasks.filter(({ms}) => ms > 0).toSorted((one, other) => other.ms - one.ms)
  const rows = slow
    .slice(0, slowest)
    .map(row => [taskTitle(row), row.host, duration(row.ms), `${row.file}:${row.line}`])
  return rows.length === 0 ? [] : [table('Work on the host', ['task', 'host', 'time', 'place'], rows)]
}

function byHost(tasks: readonly TaskRow[]): readonly Markup[] {
  const hosts = [...new Set(tasks.map(({host}) => host))]
  return hosts.map(host => {
    const own = tasks.filter(row => row.host === host)
    const rows = own.map(row => [
      taskTitle(row),
      badge(row.status),
      duration(row.ms),
      `${row.file}:${row.line}`,
      row.message ?? '',
    ])
    const all = table(`Tasks of ${host}`, ['task', 'status', 'time', 'place', 'says'], rows)
    return folded(markup`${host}: ${count(own.length, 'task')}`, [all])
  })
}
