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
  topic: 'control',
  example: {
    name: 'Only Debian',
    fail: {msg: 'This playbook is for Debian'},
    when: "ansible_facts.os_family != 'Debian'",
  },
  schema,
  async run(wanted) {
    throw new TaskError({message: wanted.msg})
  },
})
