import {z} from 'zod'
import {TaskError} from '../errors.ts'
import {controllerModule} from '../module.ts'
import {bool} from './arguments.ts'

const expression = z.union([z.string(), z.boolean().transform(String)])
const message = z.union([z.string(), z.array(z.string()).transform(parts => parts.join('\n'))])

const schema = z.strictObject({
  that: z
    .union([z.array(expression), expression.transform(one => [one])])
    .describe('Jinja expressions, as in `when`; all must hold.'),
  fail_msg: message.optional().describe('What to say when one does not hold.'),
  msg: message.optional().describe('Another name for fail_msg.'),
  success_msg: message.optional().describe('What to say when all hold.'),
  quiet: bool.default(false).describe('Says nothing when all hold.'),
})

/** assert: fails unless all expressions hold. */
export const assert = controllerModule({
  name: 'assert',
  summary: 'Fails unless all of its expressions hold.',
  topic: 'control',
  example: {
    name: 'Enough memory',
    assert: {that: 'ansible_facts.memtotal_mb >= 1700', fail_msg: 'This host is too small'},
  },
  schema,
  async run(wanted, controller) {
    const failed = wanted.that.find(one => !controller.test(one))
    if (failed !== undefined) {
      const message = wanted.fail_msg ?? wanted.msg
      throw new TaskError({
        message: message ?? `Assertion failed: ${failed}`,
        ...(message && {hint: `Not true: ${failed}`}),
      })
    }
    const said = wanted.success_msg ?? 'All assertions passed'
    return {changed: false, ...(!wanted.quiet && {message: said}), result: {msg: said}}
  },
})
