import {descriptionOf, type Option} from '../argument-spec/option.ts'
import type {Value, Values} from '../module.ts'
import {writeYaml} from '../yaml.ts'
import type {Topic} from './interview.ts'
import type {PartedSite} from './site.ts'

/** What the inventory's text is made of; the files by the names that people know them by. */
export type Written = {
  readonly site: PartedSite
  readonly topics: readonly Topic[]
  readonly file: string
  readonly sealedFile: string
}

/** The text of an inventory for one host, with comments that say what each line is for. */
export function inventoryText({site, topics, file, sealedFile}: Written): string {
  const blocks = [
    {comment: whereSshFinds, body: entries(site.way)},
    ...topics.flatMap(topic => topicBlocks(topic, site.inputs)),
  ]
  const body = blocks.map(({comment, body}) => [...comment.map(line => `# ${line}`), body].join('\n').trimEnd())
  return [
    ...heading(file, sealedFile, site),
    'chatwoot:',
    '  hosts:',
    `    ${key(site.name)}:`,
    indented(body.join('\n\n')),
    '',
  ].join('\n')
}

type Block = {readonly comment: readonly string[]; readonly body: string}

const whereSshFinds = ['Where SSH finds the host, and as whom.']

function heading(file: string, sealedFile: string, {secrets}: PartedSite): readonly string[] {
  const names = Object.keys(secrets)
  return [
    `Made by provision init. To bring the site up, and after each change here: npx provision --inventory ${file}`,
    `All inputs and their defaults: npx provision docs inputs. What is generated (passwords, keys) is sealed in`,
    `${sealedFile} beside this file; that file, and the identity that opens it, are to be backed up.`,
    ...(names.length > 0 ? wrapped(`Sealed there already: ${names.join(', ')}.`, 118) : []),
  ].map(line => `# ${line}`)
}

/** What is said under a heading; and of what is not, that which many want to say, commented out. */
function topicBlocks({name, options}: Topic, inputs: Values): readonly Block[] {
  const said = Object.entries(options).filter(([input]) => Object.hasOwn(inputs, input))
  if (said.length > 0)
    return said.map(([input, option], index) => ({
      comment: [...(index === 0 ? [titled(name)] : []), ...wrapped(descriptionOf(option), 110)],
      body: entry(input, inputs[input] ?? null),
    }))
  const [input, option] = Object.entries(options).find(([, {ask}]) => ask === true) ?? []
  const example = option && exampleOf(option)
  if (input === undefined || option === undefined || example === undefined) return []
  const hint = entry(input, example).trimEnd().split('\n')
  return [{comment: [titled(name), ...wrapped(descriptionOf(option), 110), ...hint], body: ''}]
}

function titled(topic: string): string {
  return `${topic[0]?.toUpperCase()}${topic.slice(1)}.`
}

function exampleOf({example, choices}: Option): Value | undefined {
  return example ?? choices?.at(1)
}

function entries(values: Values): string {
  return Object.entries(values)
    .map(([name, value]) => entry(name, value))
    .join('')
}

function entry(name: string, value: Value): string {
  return writeYaml({[name]: value})
}

function key(name: string): string {
  return entry(name, null).replace(/: null\n$/, '')
}

function indented(text: string): string {
  return text.replace(/^(?=.)/gm, '      ')
}

/** Breaks text at blanks into lines of so many letters. */
function wrapped(text: string, width: number): readonly string[] {
  const rows: string[] = []
  for (const word of text.split(/\s+/)) {
    const row = rows.at(-1)
    if (row !== undefined && row.length + word.length < width) rows[rows.length - 1] = `${row} ${word}`
    else rows.push(word)
  }
  return rows
}
