import {z} from 'zod'
import {controllerModule} from '../module.ts'
import {word, words} from './arguments.ts'

const schema = z.strictObject({
  key: word.describe('The group that the host goes into; spaces become dashes.'),
  parents: words.default(['all']).describe('The groups that this group goes into.'),
})

/** group_by: puts the host into a group by what is known of it. */
export const group_by = controllerModule({
  name: 'group_by',
  summary: 'Puts the host into a group, which the plays after this one can name.',
  topic: 'control',
  example: {name: 'A group for each system', group_by: {key: 'os_{{ ansible_facts.distribution }}'}},
  schema,
  grows: true,
  async run({key, parents}) {
    const [name = '', ...above] = [key, ...parents].map(group => group.replaceAll(' ', '-'))
    return {
      changed: false,
      adds: [{kind: 'group', name, parents: above}],
      result: {add_group: name, parent_groups: above},
    }
  },
})
