import {writeYaml} from '../yaml.ts'
import {columns} from './columns.ts'
import {facts, otherwise, takes} from './in-words.ts'
import type {ModuleEntry} from './module-entry.ts'
import {byTopic} from './topics.ts'

/** All modules with a line each, for a terminal. */
export function moduleList(modules: readonly ModuleEntry[]): string {
  const width = Math.max(...modules.map(({name}) => name.length))
  const groups = byTopic(modules).map(([title, found]) => {
    const rows = found.map(({name, summary}) => [name.padEnd(width), summary])
    return `${title}\n${columns(rows, '  ')}`
  })
  return `${groups.join('\n\n')}\n\nprovision docs MODULE shows the arguments of one, provision docs inputs what a site takes.\n`
}

/** One module with its arguments and an example, for a terminal. */
export function modulePage(entry: ModuleEntry): string {
  const rows = entry.arguments.map(one => [one.name, takes(one), otherwise(one), one.description])
  return [
    `${entry.name}: ${entry.summary}`,
    rows.length === 0 ? 'It takes no arguments.' : `Arguments\n${argumentRows(rows)}`,
    columns(facts(entry).map(line => [line.replaceAll('`', '')])),
    ...(entry.example ? [`Example\n${indented(writeYaml([entry.example]))}`] : []),
  ]
    .map(part => `${part.trimEnd()}\n`)
    .join('\n')
}

/** Name and type in front; a long list of choices goes below, so that the descriptions stay readable. */
function argumentRows(rows: readonly (readonly string[])[]): string {
  const short = rows.map(([name = '', type = '', fallback = '', text = '']) =>
    type.length <= 20 ? [name, type, fallback, text] : [name, 'one of', fallback, `${text} ${type}`],
  )
  return columns(short, '  ')
}

function indented(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '  ')
}
