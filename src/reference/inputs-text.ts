import {columns} from './columns.ts'
import type {Input} from './inputs.ts'

/** The inputs of the site under their headings, for a terminal. */
export function inputsText(inputs: readonly Input[]): string {
  const topics = [...new Set(inputs.map(({topic}) => topic))]
  const width = Math.max(...inputs.map(({name}) => name.length))
  const chapters = topics.map(topic => {
    const rows = inputs.filter(input => input.topic === topic).map(input => [input.name.padEnd(width), meaning(input)])
    return `${topic.charAt(0).toUpperCase()}${topic.slice(1)}\n${columns(rows, '  ')}`
  })
  return `${chapters.join('\n\n')}\n\nSay what differs in the inventory: beside a host, under vars: of a group, or in group_vars/ and host_vars/.\n`
}

function meaning({required, default: fallback, description}: Input): string {
  if (required) return `[required] ${description}`
  const value = shortened(typeof fallback === 'string' ? fallback || "''" : JSON.stringify(fallback))
  return `[${value}] ${description}`
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}...` : text
}
