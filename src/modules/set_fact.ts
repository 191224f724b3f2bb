import {z} from 'zod'
import {controllerModule} from '../module.ts'
import {bool} from './arguments.ts'

const schema = z
  .object({
    cacheable: bool.default(false).describe('Taken for playbooks that have it; facts last until the run ends.'),
  })
  .catchall(z.json())
  .refine(args => Object.keys(args).every(name => /^[A-Za-z_]\w*$/.test(name)), {
    error: 'a variable is named by letters, digits and _, and does not begin with a digit',
  })

/** set_fact: sets variables of a host for the rest of the run. */
export const set_fact = controllerModule({
  name: 'set_fact',
  summary: 'Sets variables of the host for the rest of the run.',
  topic: 'control',
  example: {name: 'Where the site is', set_fact: {site_url: 'https://{{ inventory_hostname }}'}},
  schema,
  defines: ({cacheable: _, ...facts}) => Object.keys(facts),
  async run({cacheable: _, ...facts}) {
    return {changed: false, result: {ansible_facts: facts}, facts}
  },
})
