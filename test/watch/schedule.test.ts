import {execFileSync} from 'node:child_process'
import {existsSync} from 'node:fs'
import {expect, test} from 'vitest'
import {nextTimes} from '../../src/watch/cron.ts'
import {readSchedule} from '../../src/watch/schedule.ts'
import {crontabLine, unitsOf} from '../../src/watch/units.ts'

test('a schedule in words or as cron says when systemd is to start', () => {
  const given = ['every 15m', 'every hour', 'every 6h', 'every day', 'every week', '30 6 * * mon-fri', '0 4 1,15 * 7']
  expect(given.map(text => [text, readSchedule(text)])).toMatchSnapshot()
})

test
  .skipIf(!existsSync('/usr/bin/systemd-analyze'))
  .each(['*/7 * * * *', '0 */6 * * *', '30 6 * * 1-5', '5 4 */3 2,4-6 *', '0 12 * * sun'])(
  'systemd fires when cron would: %s',
  text => {
    const times = nextTimes(text, 4).map(time => time.getTime())
    const [calendar = ''] = readSchedule(text).onCalendar
    const told = execFileSync('systemd-analyze', ['calendar', '--iterations=4', calendar], {encoding: 'utf8'})
    const next = told.match(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g)?.map(time => new Date(time.replace(' ', 'T')).getTime())
    expect(times.filter(time => !next?.includes(time))).toEqual([])
  },
)

test('units and crontabs hold words with any sign as they are', () => {
  const job = {
    name: 'provision-drift-x',
    words: ['/usr/bin/node', '/opt/a b/cli.js', 'drift', `it's "50%" $HOME \\`],
    folder: '/srv/100% mine',
    environment: {HOME: '/root'},
  }
  const schedule = readSchedule('0 4 1,15 * 7')
  expect(unitsOf(job, schedule)).toMatchSnapshot()
  expect(crontabLine(job, schedule)).toMatchSnapshot()
})
