import {z} from 'zod'
import {type Mismatch, mismatchesOf} from '../argument-spec/mismatch.ts'
import {type Options, options} from '../argument-spec/option.ts'
import {TaskError} from '../errors.ts'
import {type Controller, controllerModule, type Values} from '../module.ts'

const schema = z.strictObject({
  argument_spec: options.describe('The options, as in meta/argument_specs.yml of a role.'),
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
    const problems = [...unknownTo(argument_spec, provided_arguments), ...problemsOf(argument_spec, values)]
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

/** Of what is provided, every name must be that of an option. */
function unknownTo(options: Options, provided: Values): readonly string[] {
  const unknown = Object.keys(provided).filter(name => !Object.hasOwn(options, name))
  return unknown.map(name => `${name} is not an option; known are ${Object.keys(options).join(', ')}`)
}

/** The mismatches in Ansible's order and words; required ones that are missing on one level are told together. */
function problemsOf(options: Options, values: Values): readonly string[] {
  const mismatches = mismatchesOf(options, values)
  const isFirst = (one: Mismatch) =>
    mismatches.find(other => other.kind === 'missing' && other.among === one.among) === one
  return mismatches.flatMap(one => {
    if (one.kind !== 'missing') return [inWords(one)]
    const beside = mismatches.filter(({kind, among}) => kind === 'missing' && among === one.among)
    return isFirst(one) ? [`missing required arguments: ${beside.map(nameOf).join(', ')}`] : []
  })
}

function inWords(mismatch: Mismatch): string {
  const {kind, value, option, among} = mismatch
  const name = nameOf(mismatch)
  if (kind === 'unknown') return `${name} is not an option; known are ${Object.keys(among).join(', ')}`
  if (kind === 'choice') return `value of ${name} must be one of: ${option.choices?.join(', ')}, got: ${String(value)}`
  if (kind === 'form') return `argument ${name} does not match ${option.matches}`
  return `argument ${name} is ${JSON.stringify(value)}, which is not of the type ${option.type ?? 'str'}`
}

function nameOf({path}: Mismatch): string {
  return path.map((step, index) => (typeof step === 'number' ? `[${step}]` : index > 0 ? `.${step}` : step)).join('')
}
