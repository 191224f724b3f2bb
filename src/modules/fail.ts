import {z} from 'zod'
import {TaskError} from '../errors.ts'
import {controllerModule} from '../module.ts'
import {text} from './arguments.ts'

const schema = z.strictObject({
  msg: text.default('Failed as requested from task').describe('Why.'),
})

/** fail: ends the host's run with a message. */
export const fail = controllerModule({
  name: 'fail',
  summary: 'Fails with a message; useful with `when`.',
  schema,
  async run(wanted) {
    throw new TaskError({message: wanted.msg})
  },
})
