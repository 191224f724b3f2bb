import {z} from 'zod'
import type {Value} from '../module.ts'

const types = [
  'str',
  'int',
  'float',
  'bool',
  'list',
  'dict',
  'path',
  'raw',
  'json',
  'jsonarg',
  'bytes',
  'bits',
] as const

/** The kinds of value that Ansible's argument_specs know. */
export type OptionType = (typeof types)[number]

/** How a secret is made: so many letters, something of each of `chars` (a class such as digits, or letters themselves). */
export type Generate = {readonly length: number; readonly chars: readonly string[]}

/** How a secret is replaced: by a playbook, after a warning; or why it cannot be. */
export type Rotate = {
  readonly playbook?: string | undefined
  readonly warning?: string | undefined
  readonly refuse?: string | undefined
}

/** When the wizard asks of itself: always, or where options beside it have one of these values. */
type AskedWhen = true | {readonly [name: string]: readonly string[]}

/** One option of argument_specs: what Ansible says of it and, from topic on, what only playbooks of ours say. */
export type Option = {
  readonly type?: OptionType | undefined
  readonly required?: boolean | undefined
  readonly default?: Value | undefined
  readonly choices?: readonly Value[] | undefined
  readonly elements?: OptionType | undefined
  readonly options?: Options | undefined
  readonly description?: string | readonly string[] | undefined
  /** The value is secret. */
  readonly no_log?: boolean | undefined
  /** The heading above it and those that follow. */
  readonly topic?: string | undefined
  readonly example?: Value | undefined
  /** A regular expression for the text. */
  readonly matches?: string | undefined
  readonly generate?: Generate | undefined
  readonly rotate?: Rotate | undefined
  /** The wizard asks it as soon as its topic is chosen; with a map, only where the options beside it have one of these values. */
  readonly ask?: AskedWhen | undefined
}

/** Options by name, in the order of the file. */
export type Options = {readonly [name: string]: Option}

const fields = {
  type: z.enum(types).optional(),
  required: z.boolean().optional(),
  default: z.json().optional(),
  choices: z.array(z.json()).optional(),
  elements: z.enum(types).optional(),
  options: z.lazy(() => options).optional(),
  description: z.union([z.string(), z.array(z.string())]).optional(),
  no_log: z.boolean().optional(),
  topic: z.string().optional(),
  example: z.json().optional(),
  matches: z.string().optional(),
  generate: z
    .strictObject({length: z.int().positive(), chars: z.array(z.string().min(1)).min(1)})
    .refine(({length, chars}) => length >= chars.length, 'must have room for one letter of each of chars')
    .optional(),
  rotate: z
    .strictObject({
      playbook: z.string().optional(),
      warning: z.string().optional(),
      refuse: z.string().optional(),
    })
    .refine(({playbook, refuse}) => (playbook === undefined) !== (refuse === undefined), 'must have playbook or refuse')
    .optional(),
  ask: z.union([z.literal(true), z.record(z.string(), z.array(z.string()))]).optional(),
}

/** The words that an option may have in a playbook's declaration. */
export const optionWords: readonly string[] = Object.keys(fields)

/** What argument_specs hold by name; words that are not ours are left to who reads them. */
export const options: z.ZodType<Options> = z.record(z.string(), z.looseObject(fields))

/** Whether an option's value must never be shown. */
export function isSecret({no_log, generate}: Option): boolean {
  return no_log === true || generate !== undefined
}

/** What an option is for, as one text. */
export function descriptionOf({description = ''}: Option): string {
  return typeof description === 'string' ? description.trim() : description.join(' ')
}
