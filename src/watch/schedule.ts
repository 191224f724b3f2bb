import {UsageError} from '../errors.ts'
import {type CronFields, cronFields, nextTimes} from './cron.ts'

/** When looks are made: as a cron expression, as systemd's OnCalendar, and how much a start may be late, so that not all machines ask at once. */
export type Schedule = {
  readonly cron: string
  readonly onCalendar: readonly string[]
  /** Seconds. */
  readonly spread: number
}

const expected =
  'Expected "every 15m", "every 6h", "every day", "every week", or five fields of cron: "0 */6 * * *" is minute, hour, day, month, weekday.'

/** Reads what --schedule was given, in the time zone of this machine. Throws UsageError. */
export function readSchedule(text: string): Schedule {
  const cron = /^every\b/i.test(text.trim()) ? every(text) : given(text.trim())
  const times = nextTimes(cron, 2).map(time => time.getTime())
  if (times.length === 0) throw new UsageError(`--schedule ${JSON.stringify(text)} never comes`, expected)
  const [first = 0, second = Number.POSITIVE_INFINITY] = times
  const between = (second - first) / 1000
  return {cron, onCalendar: onCalendar(cronFields(cron)), spread: Math.min(300, Math.round(between / 20))}
}

/** `every 6h` as a cron expression; what does not divide the hour or the day evenly cannot be said. */
function every(text: string): string {
  const [, number = '1', unit = ''] = /^every\s+(\d+)?\s*([a-z]+)$/i.exec(text.trim()) ?? []
  const [count, whole] = [Number(number), units.find(one => one.names.includes(unit.toLowerCase()))]
  if (whole === undefined) throw new UsageError(`--schedule does not understand ${JSON.stringify(text)}`, expected)
  if (count > 0 && whole.of % count === 0) return whole.cron(count)
  const divisors = Array.from({length: whole.of}, (_, index) => index + 1).filter(one => whole.of % one === 0)
  const hint = `Expected a number that divides ${whole.within}: ${divisors.join(', ')}. A cron expression can say anything else.`
  throw new UsageError(`--schedule ${JSON.stringify(text)} does not come out even`, hint)
}

const units = [
  {
    names: ['m', 'min', 'minute', 'minutes'],
    of: 60,
    within: 'the 60 minutes of an hour',
    cron: (count: number) => (count === 60 ? '0 * * * *' : `*/${count} * * * *`),
  },
  {
    names: ['h', 'hour', 'hours'],
    of: 24,
    within: 'the 24 hours of a day',
    cron: (count: number) => (count === 24 ? '0 0 * * *' : `0 */${count} * * *`),
  },
  {names: ['d', 'day', 'days'], of: 1, within: 'one day', cron: () => '0 0 * * *'},
  {names: ['w', 'week', 'weeks'], of: 1, within: 'one week', cron: () => '0 0 * * 1'},
]

/** What every cron understands; croner knows more, and systemd would not. */
const plain = /^([\d*,/\s-]|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|sun|mon|tue|wed|thu|fri|sat)+$/i

/** A cron expression as every cron understands it. */
function given(text: string): string {
  const shown = JSON.stringify(text)
  if (!plain.test(text) || text.split(/\s+/).length !== 5)
    throw new UsageError(`--schedule does not understand ${shown}`, expected)
  try {
    cronFields(text)
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/^CronPattern: /, '') : String(error)
    throw new UsageError(`--schedule does not understand ${shown}: ${why}`, expected)
  }
  return text.split(/\s+/).join(' ')
}

const dayNames = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']

/** systemd wants both day and weekday where cron is content with either of them: that takes two lines. */
function onCalendar({days, weekdays, ...rest}: CronFields): readonly string[] {
  if (days && weekdays) return [calendar({...rest, days}), calendar({...rest, weekdays})]
  return [calendar({...rest, ...(days && {days}), ...(weekdays && {weekdays})})]
}

function calendar({minutes, hours, days, months, weekdays}: CronFields): string {
  const names = weekdays ? `${weekdays.map(day => dayNames[day]).join(',')} ` : ''
  return `${names}*-${list(months)}-${list(days)} ${list(hours)}:${list(minutes)}:00`
}

function list(numbers: readonly number[] | undefined): string {
  return numbers === undefined ? '*' : numbers.map(number => String(number).padStart(2, '0')).join(',')
}
