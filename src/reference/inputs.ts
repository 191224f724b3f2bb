import type {Value} from '../module.ts'
import {parseYaml, plain} from '../yaml.ts'

/** One input of the site, as the file of defaults tells it. */
export type Input = {
  readonly name: string
  /** The heading that it stands under. */
  readonly topic: string
  readonly required: boolean
  readonly default?: Value
  /** What the comment above it says; empty where several inputs share the comment above the first. */
  readonly description: string
}

/** Reads the inputs out of a file of defaults: headings, comments, and inputs that stand there as a comment. Throws ConfigError. */
export function readInputs(text: string, file: string): readonly Input[] {
  const root = parseYaml(text, file)
  const entries = new Map(root.kind === 'map' ? root.entries.map(entry => [entry.source.line, entry]) : [])
  const reading: Reading = {topic: '', comment: [], found: []}
  for (const [index, line] of text.split('\n').entries()) {
    const entry = entries.get(index + 1)
    if (entry) add(reading, entry.key, plain(entry.value))
    else readLine(line, reading)
  }
  return reading.found.filter(({topic}) => !topic.endsWith('not inputs'))
}

type Reading = {topic: string; comment: string[]; readonly found: Input[]}

function readLine(line: string, reading: Reading): void {
  const topic = /^# -{5,} (.*)$/.exec(line)?.[1]
  const required = /^# (\w+):$/.exec(line)?.[1]
  if (required !== undefined) add(reading, required)
  else if (topic === undefined && line.startsWith('#')) reading.comment.push(line.replace(/^# ?/, ''))
  else reading.comment = []
  if (topic !== undefined) reading.topic = topic
}

function add(reading: Reading, name: string, value?: Value): void {
  const comment = reading.comment.join(' ')
  const required = value === undefined
  const description = comment.replace(/^Required\. /, '').replaceAll(/\s+/g, ' ')
  reading.found.push({name, topic: reading.topic, required, ...(required ? {} : {default: value}), description})
  reading.comment = []
}
