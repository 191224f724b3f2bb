import {z} from 'zod'
import {type Controller, controllerModule, type Value} from '../module.ts'
import {atMostOneOf, count} from './arguments.ts'

const schema = z
  .strictObject({
    msg: z.json().optional().describe('What to print; rendered.'),
    var: z.string().optional().describe('The expression whose value is printed.'),
    verbosity: count.default(0).describe('Printed only when the run says at least so much: 2 needs -vv.'),
  })
  .refine(atMostOneOf('msg', 'var'), 'msg and var exclude each other')

/** debug: prints a message or a value. */
export const debug = controllerModule({
  name: 'debug',
  summary: 'Prints a message or the value of an expression.',
  topic: 'control',
  example: {
    name: 'Say which system this is',
    debug: {msg: '{{ ansible_facts.distribution }} {{ ansible_facts.distribution_version }}'},
  },
  schema,
  async run(wanted, controller) {
    if (wanted.verbosity > Number(controller.variable('ansible_verbosity') ?? 0))
      return {changed: false, skipped: true, message: 'Verbosity threshold not met.', result: {}}
    const [key, value] = said(wanted, controller)
    return {
      changed: false,
      message: shown(value),
      result: {[key]: value},
    }
  },
})

/** A list of texts is shown line by line. */
function shown(value: Value): string {
  if (typeof value === 'string') return value
  const lines = Array.isArray(value) && value.every(one => typeof one === 'string')
  return lines ? value.join('\n') : JSON.stringify(value, null, 2)
}

function said(wanted: z.infer<typeof schema>, controller: Controller): readonly [string, Value] {
  if (wanted.var !== undefined) return [wanted.var, controller.evaluate(wanted.var)]
  return ['msg', wanted.msg ?? 'Hello world!']
}
