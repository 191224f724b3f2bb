import {readdirSync, statSync} from 'node:fs'
import {extname, join} from 'node:path'
import {z} from 'zod'
import {TaskError} from '../errors.ts'
import {type Controller, controllerModule, type Value, type Values, type VariableFiles} from '../module.ts'
import {hasTemplate, isMap} from '../value.ts'
import {bool, count, word, words} from './arguments.ts'

const ofFolder = ['depth', 'files_matching', 'ignore_files', 'extensions', 'ignore_unknown_extensions']

const schema = z
  .strictObject({
    file: word.optional().describe('A file in YAML or JSON; looked for in vars/ of the role, and beside the playbook.'),
    dir: word.optional().describe('A folder, all of whose files are read, in the order of their names.'),
    name: word.optional().describe('The variable that gets all of it; without it, each is a variable of its own.'),
    depth: count.default(0).describe('How many folders of dir are read; 0 means all.'),
    files_matching: z.string().optional().describe('Only files of dir whose names match this regular expression.'),
    ignore_files: words
      .default([])
      .describe('Files of dir that are left out: regular expressions for the ends of names.'),
    extensions: words.default(['yaml', 'yml', 'json']).describe('The endings that files of dir may have.'),
    ignore_unknown_extensions: bool
      .default(false)
      .describe('Files of dir with other endings are left out; without it they are a failure.'),
    hash_behaviour: z
      .enum(['replace', 'merge'])
      .default('replace')
      .describe('Whether maps take the place of those that are there, or are merged into them.'),
  })
  .refine(({file, dir}) => (file === undefined) !== (dir === undefined), 'file or dir is needed, and not both')
  .superRefine((args, context) => {
    const extra = ofFolder.find(name => args.dir === undefined && isSaid(args, name))
    if (extra !== undefined) context.addIssue({code: 'custom', path: [extra], message: 'goes with dir, not with file'})
  })

type Wanted = z.infer<typeof schema>

/** include_vars: variables out of files, when the run gets there. */
export const include_vars = controllerModule({
  name: 'include_vars',
  summary: 'Reads variables out of a file or a folder of files, when the run gets there.',
  topic: 'control',
  example: {name: 'Names of packages', include_vars: {file: '{{ ansible_facts.os_family }}.yml'}},
  schema,
  freeForm: 'file',
  source: 'vars',
  defines: (args, files) => {
    const wanted = schema.safeParse(args).data
    if (!wanted || hasTemplate(args)) return undefined
    return wanted.name === undefined ? Object.keys(load(wanted, files).values) : [wanted.name]
  },
  async run(wanted, controller) {
    const {values, paths} = load(wanted, controller.files)
    const named = wanted.name === undefined ? values : {[wanted.name]: values}
    const included = wanted.hash_behaviour === 'merge' ? merged(named, controller) : named
    return {changed: false, included, result: {ansible_facts: included, ansible_included_var_files: paths}}
  },
})

/** Whether an argument of a folder is there although it has a default. */
function isSaid(args: Wanted, name: string): boolean {
  const defaults = schema.safeParse({dir: '.'}).data
  const value = (of: object | undefined) => JSON.stringify(Object.entries(of ?? {}).find(([key]) => key === name)?.[1])
  return value(args) !== value(defaults)
}

type Loaded = {readonly values: Values; readonly paths: readonly string[]}

/** Later files win. */
function load(wanted: Wanted, files: VariableFiles): Loaded {
  const paths = wanted.dir === undefined ? [files.file(wanted.file ?? '')] : filesIn(files.folder(wanted.dir), wanted)
  return {values: Object.assign({}, ...paths.map(files.read)), paths}
}

function filesIn(folder: string, wanted: Wanted): readonly string[] {
  const there = statSync(folder, {throwIfNoEntry: false})
  if (!there) throw new TaskError({message: `there is no folder ${folder}`})
  if (!there.isDirectory()) throw new TaskError({message: `${folder} is not a folder`})
  const all = foldersWithin(folder).toSorted()
  return all.slice(0, wanted.depth === 0 ? all.length : wanted.depth).flatMap(one => chosen(one, wanted))
}

function foldersWithin(folder: string): readonly string[] {
  const inner = readdirSync(folder, {withFileTypes: true}).filter(entry => entry.isDirectory())
  return [folder, ...inner.flatMap(entry => foldersWithin(join(folder, entry.name)))]
}

function chosen(folder: string, wanted: Wanted): readonly string[] {
  const {files_matching = '', ignore_files, extensions, ignore_unknown_extensions} = wanted
  const names = readdirSync(folder, {withFileTypes: true}).filter(entry => !entry.isDirectory())
  const matching = names
    .map(entry => entry.name)
    .toSorted()
    .filter(name => regexp(files_matching).test(name) && !ignore_files.some(end => regexp(`${end}$`).test(name)))
  const isKnown = (name: string) => extensions.includes(extname(name).slice(1))
  const other = matching.find(name => !isKnown(name))
  if (other !== undefined && !ignore_unknown_extensions)
    throw new TaskError({
      message: `${join(folder, other)} does not end in one of: ${extensions.join(', ')}`,
      hint: 'set ignore_unknown_extensions: true to leave such files out',
    })
  return matching.filter(isKnown).map(name => join(folder, name))
}

function regexp(source: string): RegExp {
  try {
    return new RegExp(source)
  } catch {
    throw new TaskError({message: `"${source}" is not a regular expression`})
  }
}

function merged(values: Values, {variable}: Controller): Values {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, into(variable(name), value)]))
}

function into(before: Value | undefined, value: Value): Value {
  if (!isMap(before) || !isMap(value)) return value
  const both = Object.entries(value).map(([key, item]) => [key, into(before[key], item)] as const)
  return {...before, ...Object.fromEntries(both)}
}
