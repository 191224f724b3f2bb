import {z} from 'zod'
import {TaskError} from '../errors.ts'
import {type Controller, controllerModule, type Value, type Values} from '../module.ts'
import {isList, isMap} from '../value.ts'

const words = [
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

type Option = {
  readonly type?: (typeof words)[number] | undefined
  readonly required?: boolean | undefined
  readonly choices?: readonly Value[] | undefined
  readonly elements?: (typeof words)[number] | undefined
  readonly options?: {readonly [name: string]: Option} | undefined
}

const option: z.ZodType<Option> = z.lazy(() =>
  z.looseObject({
    type: z.enum(words).optional(),
    required: z.boolean().optional(),
    choices: z.array(z.json()).optional(),
    elements: z.enum(words).optional(),
    options: z.record(z.string(), option).optional(),
  }),
)

const schema = z.strictObject({
  argument_spec: z.record(z.string(), option).describe('The options, as in meta/argument_specs.yml of a role.'),
  provided_arguments: z
    .record(z.string(), z.json())
    .default({})
    .describe('Values that are checked instead of the variables with the names of the options.'),
})

/** validate_argument_spec: fails unless variables are what a role's argument_specs say. */
export const validate_argument_spec = controllerModule({
  name: 'validate_argument_spec',
  summary: "Fails unless variables are what a role's argument_specs say.",
  topic: 'control',
  example: {
    name: 'The site has a name',
    validate_argument_spec: {argument_spec: {site_name: {type: 'str', required: true}}},
  },
  schema,
  async run({argument_spec, provided_arguments}, controller) {
    const values = {...known(Object.keys(argument_spec), controller), ...provided_arguments}
    const problems = problemsOf(argument_spec, values, '')
    if (problems.length > 0) throw new TaskError({message: `Validation of arguments failed:\n${problems.join('\n')}`})
    return {changed: false, result: {msg: 'The arg spec validation passed'}}
  },
})

function known(names: readonly string[], {variable}: Controller): Values {
  return Object.fromEntries(
    names.flatMap(name => {
      const value = variable(name)
      return value === undefined ? [] : [[name, value] as const]
    }),
  )
}

function problemsOf(options: {readonly [name: string]: Option}, values: Values, path: string): readonly string[] {
  const lacking = Object.entries(options).filter(([name, {required}]) => required && isNothing(values[name]))
  const unknown = path === '' ? [] : Object.keys(values).filter(name => !options[name])
  return [
    ...(lacking.length > 0 ? [`missing required arguments: ${lacking.map(([name]) => path + name).join(', ')}`] : []),
    ...unknown.map(name => `${path}${name} is not an option; known are ${Object.keys(options).join(', ')}`),
    ...Object.entries(options).flatMap(([name, one]) => {
      const value = values[name]
      return isNothing(value) ? [] : problemsOfValue(path + name, one, value)
    }),
  ]
}

function problemsOfValue(
  name: string,
  {type = 'str', choices, elements, options}: Option,
  value: Value,
): readonly string[] {
  if (!is(type, value)) return [`argument ${name} is ${JSON.stringify(value)}, which is not of the type ${type}`]
  const allowed = choices?.map(String)
  const items = listOf(type, value)
  const wrong = allowed ? items.filter(item => !allowed.includes(String(item))) : []
  return [
    ...wrong.map(item => `value of ${name} must be one of: ${allowed?.join(', ')}, got: ${String(item)}`),
    ...(type === 'list' ? items.flatMap((item, at) => problemsOfItem(`${name}[${at}]`, elements, options, item)) : []),
    ...(type === 'dict' && options && isMap(value) ? problemsOf(options, value, `${name}.`) : []),
  ]
}

function problemsOfItem(
  name: string,
  type: Option['type'],
  options: Option['options'],
  item: Value,
): readonly string[] {
  return type ? problemsOfValue(name, {type, options}, item) : []
}

/** Ansible takes text that can be read as the wanted type. */
function is(type: NonNullable<Option['type']>, value: Value): boolean {
  if (type === 'int') return /^[+-]?\d+$/.test(String(value))
  if (type === 'float') return !isNothing(value) && String(value).trim() !== '' && !Number.isNaN(Number(value))
  if (type === 'bool') return /^(true|false|yes|no|on|off|y|n|t|f|1|0|1\.0|0\.0)$/i.test(String(value))
  if (type === 'list') return Array.isArray(value) || !isMap(value)
  if (type === 'dict') return isMap(value) || (typeof value === 'string' && /^\{|=/.test(value))
  return type === 'raw' || type === 'json' || type === 'jsonarg' || typeof value !== 'object' || type === 'str'
}

function listOf(type: string, value: Value): readonly Value[] {
  if (type !== 'list') return [value]
  return isList(value) ? value : String(value).split(',')
}

function isNothing(value: Value | undefined): value is null | undefined {
  return value === undefined || value === null
}
