import {z} from 'zod'
import {TaskError} from '../errors.ts'
import {hostModule} from '../module.ts'
import {sh} from '../shell/shell.ts'
import {rows} from './answer.ts'
import {word} from './arguments.ts'

const schema = z.strictObject({
  except: z.array(word).default([]).describe('Units that may have failed, with their endings: backup.service.'),
})

type Wanted = z.infer<typeof schema>

/** failed_units: stops where a unit of systemd has failed. */
export const failed_units = hostModule<Wanted, readonly string[]>({
  name: 'failed_units',
  summary: 'Stops where a unit of systemd has failed; changes nothing.',
  topic: 'services',
  example: {name: 'No unit has failed', failed_units: {except: ['motd-news.service']}},
  schema,
  probe: () =>
    sh`systemctl list-units --state=failed --plain --no-legend --no-pager 2>/dev/null | awk '{print $1}' | sort`,
  parse: (answer, {except}) => rows(answer).filter(unit => !except.includes(unit)),
  plan: units => {
    if (units.length === 0) return []
    const [first = ''] = units
    throw new TaskError({
      message: `${units.join(', ')} ${units.length === 1 ? 'has' : 'have'} failed`,
      hint: `see why: systemctl status ${first}; once it is mended: systemctl reset-failed ${first}`,
    })
  },
  apply: () => sh`true`,
})
