import type {Result} from './matrix.ts'
import type {ScaleResult} from './scale.ts'
import type {Judged} from './wanted.ts'

/** The figures as Markdown, a part with a heading and a table for each number of hosts and way to them. */
export function resultTables(results: readonly Result[]): string {
  const titles = [...new Set(results.map(titleOf))]
  return titles
    .map(title => `### ${title}\n\n${resultTable(results.filter(result => titleOf(result) === title))}`)
    .join('\n\n')
}

/** How many hosts so many milliseconds away, in words. */
export function titleOf({hosts, roundTrip}: Pick<Result, 'hosts' | 'roundTrip'>): string {
  return `${hosts} host${hosts === 1 ? '' : 's'}, ${roundTrip} ms`
}

/** Figures of one number of hosts and one way to them as a Markdown table, a line for each tool at each work; ratios are to ours. */
export function resultTable(results: readonly Result[]): string {
  const rows = results.map(({work, tool, seconds, cpuSeconds, megabytes, sent}) => {
    const ours = results.find(one => one.tool === 'provision' && one.work === work)
    return [
      work,
      tool,
      seconds.toFixed(2),
      ours ? (seconds / ours.seconds).toFixed(2) : '',
      cpuSeconds.toFixed(2),
      megabytes.toFixed(0),
      sent === undefined ? '' : (sent / 1000).toFixed(0),
    ]
  })
  return table(['work', 'by', 'seconds', 'times ours', 'CPU s', 'MB', 'kB sent'], rows)
}

/** What the controller needs for many hosts and tasks, as a Markdown table. */
export function scaleTable(results: readonly ScaleResult[]): string {
  const rows = results.map(({hosts, tasks, seconds, cpuSeconds, megabytes}) => [
    hosts,
    tasks,
    seconds.toFixed(1),
    cpuSeconds.toFixed(1),
    ((1000 * cpuSeconds) / hosts).toFixed(0),
    megabytes.toFixed(0),
  ])
  return table(['hosts', 'tasks', 'seconds', 'CPU s', 'CPU ms for each host', 'MB'], rows)
}

/** What was wanted and whether it holds, as a Markdown table. */
export function wantedTable(judged: readonly Judged[]): string {
  return table(
    ['wanted', 'is', 'holds'],
    judged.map(({what, figure, holds}) => [what, figure, holds ? 'yes' : 'NO']),
  )
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}
