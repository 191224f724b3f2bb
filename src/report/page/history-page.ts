import {type Markup, markup} from '../markup.ts'
import {taskTitle} from '../result-lines.ts'
import {count, duration} from '../words.ts'
import {changesMarkup} from './changes-markup.ts'
import {badge, document, folded, section, table} from './document.ts'
import {moment} from './moment.ts'
import type {LookRow} from './records.ts'

/** Looks that the strip of a host shows, and that are shown in full: the latest ones. */
const shown = 60

/** The page of looks for drift: how it stands, the hosts over time, what drifts most often, and the looks. */
export function historyPage(looks: readonly LookRow[]): string {
  const sorted = looks.toSorted((one, other) => Date.parse(one.time) - Date.parse(other.time))
  const done = sorted.filter(({state}) => state !== 'skipped' && state !== 'failed')
  const [latest] = done.slice(-1)
  const title = latest === undefined ? 'Drift: no look came to its end' : `Drift: ${standing(latest)}`
  const recent = sorted.slice(-shown).reverse()
  return document(title, [
    header(sorted, title),
    ...section('What is drifted now', latest?.drifted.map(differedMarkup) ?? []),
    ...section('Hosts over time', strips(done.slice(-shown))),
    ...section('What drifts most often', oftenTable(done)),
    ...section(
      recent.length < sorted.length ? `The latest ${recent.length} looks` : 'All looks',
      recent.map(lookMarkup),
    ),
  ])
}

function standing({hosts}: LookRow): string {
  const states = Object.values(hosts)
  const of = (state: string) => states.filter(one => one === state).length
  const rest = [['drifted', of('drifted')] as const, ['not reached', of('unreachable')] as const]
  const words = rest.flatMap(([word, number]) => (number > 0 ? [`${number} ${word}`] : []))
  return [`${of('clean')} of ${count(states.length, 'host')} in order`, ...words].join(', ')
}

function header(looks: readonly LookRow[], title: string): Markup {
  const times = [looks[0], looks.at(-1)].flatMap(look => (look === undefined ? [] : [moment(look.time)]))
  const span = [...new Set(times)].join(' to ')
  return markup`<header>
<h1>${title}</h1>
<p class="dim">${count(looks.length, 'look')} · ${span}</p>
</header>
`
}

const signs = {clean: '✓', drifted: '△', unreachable: '✕'} as const

function strips(looks: readonly LookRow[]): readonly Markup[] {
  const hosts = [...new Set(looks.flatMap(look => Object.keys(look.hosts)))]
  if (hosts.length === 0) return []
  const legend = markup`<p class="dim">${signs.clean} in order, ${signs.drifted} drifted, ${signs.unreachable} not reached; the latest look is the last one</p>
`
  return [legend, ...hosts.map(host => strip(host, looks))]
}

function strip(host: string, looks: readonly LookRow[]): Markup {
  const cells = looks.flatMap(({time, hosts}) => {
    const state = hosts[host]
    if (state === undefined) return []
    const when = moment(time)
    return [
      markup`<li class="${state}" title="${when}: ${state}"><span aria-hidden="true">${signs[state]}</span><span class="unseen">${when}: ${state}</span></li>
`,
    ]
  })
  return markup`<h3>${host}</h3>
<ol class="strip">
${cells}</ol>
`
}

type Often = {readonly title: string; readonly host: string; times: number; readonly first: string; last: string}

function oftenTable(looks: readonly LookRow[]): readonly Markup[] {
  const found = new Map<string, Often>()
  for (const {time, drifted} of looks) {
    for (const one of drifted) {
      const [title, key] = [taskTitle(one), JSON.stringify([one.host, one.file, one.line, one.task, one.item])]
      const known = found.get(key) ?? {title, host: one.host, times: 0, first: time, last: time}
      found.set(key, Object.assign(known, {times: known.times + 1, last: time}))
    }
  }
  const rows = [...found.values()]
    .toSorted((one, other) => other.times - one.times)
    .map(({title, host, times, first, last}) => [title, host, times, moment(first), moment(last)])
  return rows.length === 0
    ? []
    : [table('What drifted, in how many looks', ['task', 'host', 'looks', 'first', 'last'], rows)]
}

function differedMarkup(one: LookRow['drifted'][number]): Markup {
  const {host, kind, file, line, changes, message, hint, hidden} = one
  const said = [...(message === undefined ? [] : [message]), ...(hint === undefined ? [] : [`hint: ${hint}`])]
  const about = hidden ? ['(hidden by no_log)'] : said
  const text =
    about.length === 0
      ? changesMarkup(changes)
      : [
          markup`<pre>${about.join('\n')}</pre>
`,
        ]
  return markup`<h3>${host}: ${taskTitle(one)}</h3>
<p class="dim">${kind} · ${file}:${line}</p>
${text}`
}

function lookMarkup({time, state, hosts, drifted, ms, message}: LookRow): Markup {
  const gone = Object.entries(hosts).flatMap(([host, found]) => (found === 'unreachable' ? [host] : []))
  const lines = [
    ...(message === undefined ? [] : [message]),
    ...(gone.length === 0 ? [] : [`not reached: ${gone.join(', ')}`]),
    `${count(Object.keys(hosts).length, 'host')}, ${duration(ms)}`,
  ]
  const said = lines.map(
    line => markup`<p>${line}</p>
`,
  )
  return folded(markup`${moment(time)} ${badge(state)}`, [...said, ...drifted.map(differedMarkup)])
}
