import {writeYaml} from '../yaml.ts'
import type {Argument} from './arguments.ts'
import {facts, otherwise, takes} from './in-words.ts'
import type {ModuleEntry} from './module-entry.ts'
import {byTopic} from './topics.ts'

const head = `# Modules

Made from the schemas of the modules by \`npm run docs\`; \`provision docs MODULE\` shows the same in a terminal.
Arguments have the names and meanings that they have in Ansible.
`

/** The reference of all modules, as docs/modules.md holds it. */
export function markdown(modules: readonly ModuleEntry[]): string {
  const topics = byTopic(modules)
  const contents = topics.map(
    ([title, found]) => `- ${title}: ${found.map(({name}) => `[${name}](#${name})`).join(', ')}`,
  )
  const chapters = topics.map(([title, found]) => `## ${title}\n\n${found.map(section).join('\n')}`)
  return `${head}\n${contents.join('\n')}\n\n${chapters.join('\n')}`
}

function section(entry: ModuleEntry): string {
  return [
    `### ${entry.name}\n`,
    `${entry.summary}\n`,
    ...(entry.arguments.length > 0 ? [table(entry.arguments)] : []),
    `${facts(entry).join(' ')}\n`,
    ...(entry.example ? [`\`\`\`yaml\n${writeYaml([entry.example])}\`\`\`\n`] : []),
  ].join('\n')
}

function table(all: readonly Argument[]): string {
  const rows = all.map(one =>
    [`\`${one.name}\``, takes(one), otherwise(one), one.description]
      .map(cell => cell.replaceAll('|', '\\|'))
      .join(' | '),
  )
  return ['argument | takes | | meaning', '--- | --- | --- | ---', ...rows].map(row => `| ${row} |\n`).join('')
}
