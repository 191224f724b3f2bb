import {z} from 'zod'
import {type Change, hostModule, type Step} from '../module.ts'
import {raw, sh} from '../shell/shell.ts'
import {bool, text, word} from './arguments.ts'
import {askFile, decode, editable, type FileState, fileChanges, readFile, upload} from './content.ts'

const field = text.default('*')

const schema = z
  .strictObject({
    name: word.describe('What the job is called; it is found again by this.'),
    job: z
      .string()
      .regex(/^[^\n]*$/, 'must be one line')
      .optional()
      .describe('The command.'),
    state: z.enum(['present', 'absent']).default('present').describe('Whether the job is to be there.'),
    minute: field.describe('Minutes.'),
    hour: field.describe('Hours.'),
    day: field.describe('Days of the month.'),
    month: field.describe('Months.'),
    weekday: field.describe('Days of the week.'),
    special_time: z
      .enum(['reboot', 'yearly', 'annually', 'monthly', 'weekly', 'daily', 'hourly'])
      .optional()
      .describe('A time by name, instead of the five fields.'),
    user: word.default('root').describe('As whom the job runs.'),
    cron_file: z
      .string()
      .regex(/^[\w-]+$/, 'must be a file name of letters, digits, - and _')
      .optional()
      .describe('A file in /etc/cron.d, instead of the crontab of the user.'),
    disabled: bool.default(false).describe('The job stays, but does not run.'),
  })
  .refine(args => args.state === 'absent' || args.job !== undefined, {error: 'job is missing', path: ['job']})

type Wanted = z.infer<typeof schema>

/** cron: has a command run at set times. */
export const cron = hostModule<Wanted, FileState>({
  name: 'cron',
  summary: 'Has a command run at set times, by the crontab of a user or a file in /etc/cron.d.',
  schema,
  // A crontab is read as its file: crontab -l would need cron to be installed.
  probe: wanted => sh`f=${fileOf(wanted)}
${raw(askFile(editable))}`,
  parse: readFile,
  plan(state, wanted): readonly Change[] {
    if (state.type === 'absent' && wanted.state === 'absent') return []
    return fileChanges(state, contentOf(state, wanted), {})
  },
  apply(_, wanted, state): Step {
    const content = contentOf(state, wanted)
    if (wanted.cron_file !== undefined)
      return upload(fileOf(wanted), content, {mode: '0644', owner: 'root', group: 'root'}, state)
    return sh`printf '%s' ${content} | crontab -u ${wanted.user} -`
  },
})

function contentOf(state: FileState, wanted: Wanted): string {
  const lines = (decode(state.bytes ?? Buffer.alloc(0)) ?? '')
    .split('\n')
    .filter((line, index, all) => line !== '' || index < all.length - 1)
  const mark = `#Ansible: ${wanted.name}`
  const at = lines.indexOf(mark)
  const job = wanted.state === 'absent' ? [] : [mark, lineOf(wanted)]
  const after = at < 0 ? [...lines, ...job] : lines.toSpliced(at, 2, ...job)
  return after.map(line => `${line}\n`).join('')
}

function lineOf({
  special_time,
  minute,
  hour,
  day,
  month,
  weekday,
  user,
  cron_file,
  disabled,
  job = '',
}: Wanted): string {
  const time = special_time === undefined ? [minute, hour, day, month, weekday].join(' ') : `@${special_time}`
  return [...(disabled ? [`#${time}`] : [time]), ...(cron_file === undefined ? [] : [user]), job].join(' ')
}

function fileOf({cron_file, user}: Wanted): string {
  return cron_file === undefined ? `/var/spool/cron/crontabs/${user}` : `/etc/cron.d/${cron_file}`
}
