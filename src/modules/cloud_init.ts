import {z} from 'zod'
import {hostModule} from '../module.ts'
import {sh} from '../shell/shell.ts'
import {count} from './arguments.ts'

const schema = z.strictObject({
  timeout: count.default(600).describe('Seconds to wait.'),
})

/** cloud_init: waits until cloud-init has finished. */
export const cloud_init = hostModule({
  name: 'cloud_init',
  summary: 'Waits until cloud-init has finished its work on a new host; a host without cloud-init is in order.',
  topic: 'system',
  example: {name: 'The host is done with its first start', cloud_init: {timeout: 300}},
  schema,
  // `cloud-init status` starts Python; the files that it reads say the same.
  probe: () =>
    sh`if [ -e /run/cloud-init/enabled ] && [ ! -e /etc/cloud/cloud-init.disabled ] && [ ! -e /run/cloud-init/result.json ]; then echo running; else echo finished; fi`,
  parse: answer => ({status: answer}),
  plan: ({status}) => (status === 'running' ? [{what: 'cloud-init', before: status, after: 'finished'}] : []),
  // 2 says: finished, with errors that did not stop it.
  apply: (
    _,
    {timeout},
  ) => sh`timeout ${timeout} cloud-init status --wait >/dev/null; rc=$?; [ $rc = 0 ] || [ $rc = 2 ] || {
[ $rc != 124 ] || echo ${`cloud-init has not finished after ${timeout} s`} >&2; cloud-init status --long >&2; exit $rc; }`,
  result: state => state,
})
