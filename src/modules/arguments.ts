import {z} from 'zod'
import {home} from '../shell/shell.ts'
import {falseWords, trueWords} from '../value.ts'
import {mode} from './mode.ts'

/** Text; numbers and booleans are taken as the text that Ansible makes of them. */
export const text = z.union([z.string(), z.number(), z.boolean()]).transform(asText)

/** Text that is not empty. */
export const word = text.pipe(z.string().min(1, 'must not be empty'))

/** A path on the host, from the root. */
export const absolutePath = z.string().regex(/^\//, 'must be an absolute path')

/** A path on the host, from the root, or from the home (~/) of the user whom the task runs as. */
export const path = z
  .string()
  .regex(/^(\/|~(\/|$))/, 'must be an absolute path')
  .overwrite(fromHome)

// JSON Schema, which editors read, does not get the words from stringbool itself, and knows no pattern without case.
const anyCase = (word: string) => word.replaceAll(/[a-z]/g, letter => `[${letter}${letter.toUpperCase()}]`)
const pattern = `^(?:${[...trueWords, ...falseWords].map(anyCase).join('|')})$`

/** A boolean; yes, no, on, off, 1, 0 and the like are taken as Ansible takes them. */
export const bool = z.union([
  z.boolean(),
  z.stringbool({truthy: [...trueWords], falsy: [...falseWords]}).meta({pattern}),
  z.literal([0, 1]).transform(value => value === 1),
])

/** A whole number from 0; text of digits is taken too. */
export const count = z.union([
  z.int().nonnegative(),
  z
    .string()
    .regex(/^\d+$/, 'must be a whole number')
    .transform(digits => Number(digits)),
])

/** A list of words; text is split at commas, as Ansible does. */
export const words = z.union([
  z.array(word),
  z.string().transform(list =>
    list
      .split(',')
      .map(part => part.trim())
      .filter(part => part !== ''),
  ),
  z.number().transform(number => [String(number)]),
])

/** Who owns a file and who may do what with it: the fields that all modules about files share. */
export const attributes = {
  mode: mode.optional().describe("Permissions: octal in quotes ('0644') or symbolic (u=rw,g=r)."),
  owner: word.optional().describe('Name or number of the user who owns the file.'),
  group: word.optional().describe('Name or number of the group that owns the file.'),
}

/** A command that checks a file before it is put in place. */
export const validate = z
  .string()
  .regex(/%s/, 'must contain %s, which stands for the file')
  .optional()
  .describe('Command that checks the new file (%s) before it is put in place.')

/** For z.refine: whether at least one of the named arguments is set. */
export function oneOf(...names: readonly string[]): (args: object) => boolean {
  return args => Object.entries(args).some(([name, value]) => names.includes(name) && value !== undefined)
}

/** For z.refine: whether at most one of the named arguments is set. */
export function atMostOneOf(...names: readonly string[]): (args: object) => boolean {
  return args => Object.entries(args).filter(([name, value]) => names.includes(name) && value !== undefined).length <= 1
}

/** Has the shell put the home for a ~ that a path begins with. */
export function fromHome(text: string): string {
  return text.replace(/^~(?=\/|$)/, home)
}

function asText(value: string | number | boolean): string {
  if (value === true) return 'True'
  if (value === false) return 'False'
  return String(value)
}
