import {z} from 'zod'
import {type Change, hostModule} from '../module.ts'
import {sh} from '../shell/shell.ts'
import {bool, count, word} from './arguments.ts'

const schema = z.strictObject({
  name: word.describe('The group.'),
  state: z.enum(['present', 'absent']).default('present').describe('Whether it is to be there.'),
  gid: count.optional().describe('Its number.'),
  system: bool.default(false).describe('A new group gets a number of the system range.'),
})

type State = {readonly gid: number | undefined}

/** group: makes and removes groups. */
export const group = hostModule<z.infer<typeof schema>, State>({
  name: 'group',
  summary: 'Makes and removes groups.',
  topic: 'system',
  example: {name: 'Group of operators', group: {name: 'operators', gid: 1500}},
  schema,
  probe: wanted => sh`getent group ${wanted.name}`,
  parse: answer => ({gid: answer === '' ? undefined : Number(answer.split(':')[2])}),
  plan({gid}, wanted): readonly Change[] {
    if (wanted.state === 'absent') return gid === undefined ? [] : [{what: 'state', before: 'present', after: 'absent'}]
    if (gid === undefined) return [{what: 'state', before: 'absent', after: 'present'}]
    return wanted.gid === undefined || wanted.gid === gid ? [] : [{what: 'gid', before: gid, after: wanted.gid}]
  },
  apply(change, {name, gid, system}) {
    if (change.after === 'absent') return sh`groupdel ${name}`
    if (change.what === 'gid') return sh`groupmod -g ${String(gid)} ${name}`
    return sh`groupadd ${gid === undefined ? [] : ['-g', String(gid)]} ${system ? ['-r'] : []} ${name}`
  },
  result: ({gid}, {name}) => ({name, ...(gid !== undefined && {gid})}),
})
