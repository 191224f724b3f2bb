import {columns} from './columns.ts'
import type {Input} from './inputs.ts'

/** The inputs of the site under their headings, for a terminal. */
export function inputsText(inputs: readonly Input[]): string {
  const topics = [...new Set(inputs.map(({topic}) => topic))]
  const rowsOf = (topic: string) => inputs.filter(input => input.topic === topic).flatMap(input => rows(input))
  const width = Math.max(...topics.flatMap(rowsOf).map(([name]) => name.length))
  const chapters = topics.map(topic => {
    const padded = rowsOf(topic).map(([name, meaning]) => [name.padEnd(width), meaning])
    return `${topic.charAt(0).toUpperCase()}${topic.slice(1)}\n${columns(padded, '  ')}`
  })
  return `${chapters.join('\n\n')}\n\nSay what differs in the inventory: beside a host, under vars: of a group, or in group_vars/ and host_vars/.\n`
}

/** An input, and below it what its map takes. */
function rows(input: Input, indent = ''): readonly (readonly [name: string, meaning: string])[] {
  const parts = (input.options ?? []).flatMap(part => rows(part, `${indent}  `))
  return [[indent + input.name, meaning(input)], ...parts]
}

function meaning(input: Input): string {
  return [...notes(input).map(note => `[${note}]`), input.description].join(' ')
}

function notes({required, default: fallback, generate, choices, example}: Input): readonly string[] {
  const value = shortened(typeof fallback === 'string' ? fallback || "''" : JSON.stringify(fallback))
  return [
    ...(required ? ['required'] : []),
    ...(generate ? ['generated'] : []),
    ...(fallback === undefined ? [] : [value]),
    ...(choices ? [choices.join(' | ')] : []),
    ...(example === undefined
      ? []
      : [`such as ${shortened(typeof example === 'string' ? example : JSON.stringify(example))}`]),
  ]
}

function shortened(text = ''): string {
  return text.length > 60 ? `${text.slice(0, 57)}...` : text
}
