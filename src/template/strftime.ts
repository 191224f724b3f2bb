const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** Writes a time in the form that Python's strftime letters ask for, in local time or UTC. */
export function strftime(format: string, time: Date, utc: boolean): string {
  const shifted = new Date(time.getTime() - (utc ? 0 : time.getTimezoneOffset() * 60_000))
  const letters = lettersOf(shifted, time, utc)
  return format.replace(/%([A-Za-z%])/g, (both, letter: string) => letters[letter] ?? both)
}

/** `shifted` shows in its UTC fields what the clock on the wall shows. */
function lettersOf(shifted: Date, time: Date, utc: boolean): {readonly [letter: string]: string} {
  const [year, month, day, weekday] = [
    shifted.getUTCFullYear(),
    shifted.getUTCMonth(),
    shifted.getUTCDate(),
    shifted.getUTCDay(),
  ]
  const [hour, minute, second] = [shifted.getUTCHours(), shifted.getUTCMinutes(), shifted.getUTCSeconds()]
  const dayOfYear = Math.floor((Date.UTC(year, month, day) - Date.UTC(year, 0, 1)) / 86_400_000)
  const two = (number: number) => String(number).padStart(2, '0')
  const [Y, m, d, H, M, S] = [String(year), two(month + 1), two(day), two(hour), two(minute), two(second)]
  const [A, B] = [days[weekday] ?? '', months[month] ?? '']
  const zone = utc ? 0 : -time.getTimezoneOffset()
  const offset = `${zone < 0 ? '-' : '+'}${two(Math.floor(Math.abs(zone) / 60))}${two(Math.abs(zone) % 60)}`
  const clock = {
    H,
    M,
    S,
    I: two(hour % 12 || 12),
    p: hour < 12 ? 'AM' : 'PM',
    f: String(time.getMilliseconds()).padStart(3, '0').padEnd(6, '0'),
  }
  const date = {Y, m, d, y: Y.slice(-2), e: String(day).padStart(2), j: String(dayOfYear + 1).padStart(3, '0')}
  const names = {A, B, a: A.slice(0, 3), b: B.slice(0, 3), h: B.slice(0, 3), z: offset}
  const weeks = {
    w: String(weekday),
    u: String(weekday || 7),
    U: two(Math.floor((dayOfYear + 7 - weekday) / 7)),
    W: two(Math.floor((dayOfYear + 7 - ((weekday + 6) % 7)) / 7)),
  }
  const together = {
    F: `${Y}-${m}-${d}`,
    T: `${H}:${M}:${S}`,
    R: `${H}:${M}`,
    D: `${m}/${d}/${date.y}`,
    s: String(Math.floor(time.getTime() / 1000)),
  }
  return {...clock, ...date, ...names, ...weeks, ...together, '%': '%', n: '\n', t: '\t'}
}
