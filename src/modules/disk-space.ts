import {z} from 'zod'
import {TaskError} from '../errors.ts'
import {hostModule} from '../module.ts'
import {raw, sh} from '../shell/shell.ts'
import {fields} from './answer.ts'
import {count, path} from './arguments.ts'

const schema = z.strictObject({
  path: path.describe('Where the space is needed; it need not exist yet.'),
  free_mb: count.describe('Megabytes that must be free.'),
  creates: path.optional().describe('Path of what is to be made; when it exists, nothing is asked for any more.'),
})

type Wanted = z.infer<typeof schema>

/** Free megabytes; undefined when there are enough. */
type State = {readonly free: number | undefined}

/** disk_space: stops a run that would fill the disk. */
export const disk_space = hostModule<Wanted, State>({
  name: 'disk_space',
  summary: 'Stops where less space is free than is needed; changes nothing.',
  topic: 'system',
  example: {name: 'Room for the images', disk_space: {path: '/var/lib/docker', free_mb: 10240}},
  schema,
  // Says a number only when it is too small: free space changes all the time.
  probe: ({path, free_mb, creates}) => sh`(
${raw(creates === undefined ? sh`` : sh`[ ! -e ${creates} ] || exit 0`)}
p=${path}
while [ ! -e "$p" ]; do p=$(dirname "$p"); done
free=$(df -Pk "$p" | awk 'NR == 2 {print int($4 / 1024)}')
[ "$free" -ge ${free_mb} ] || printf 'free=%s\n' "$free"
)`,
  parse: answer => {
    const {free} = fields(answer)
    return {free: free === undefined ? undefined : Number(free)}
  },
  plan: ({free}, {path, free_mb}) => {
    if (free !== undefined) throw new TaskError({message: `${path} has ${free} MB free, but ${free_mb} MB are needed`})
    return []
  },
  apply: () => sh`true`,
})
