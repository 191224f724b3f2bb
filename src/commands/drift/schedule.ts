import {realpathSync} from 'node:fs'
import {UsageError} from '../../errors.ts'
import {nextTimes} from '../../watch/cron.ts'
import {removeFromCrontab, replaceInCrontab} from '../../watch/crontab.ts'
import {type WatchPlace, watchPlace} from '../../watch/place.ts'
import {readSchedule, type Schedule} from '../../watch/schedule.ts'
import {folder, installUnits, lingering, nextFiring, removeUnits, starter} from '../../watch/systemd.ts'
import {keepTargets, keptTargets, readTargets, shownTarget} from '../../watch/targets.ts'
import {crontabLine, crontabMark, type Job, unitsOf} from '../../watch/units.ts'
import type {DriftFlags} from './drift.ts'
import {keptEnvironment, keptWords} from './kept-words.ts'
import {mailSettings} from './mail-settings.ts'
import {watchedOf} from './place-of.ts'

/** The command line of `drift --schedule` and `drift --unschedule`. */
export type ScheduleFlags = DriftFlags & {readonly schedule?: string; readonly unschedule?: boolean}

/** Installs what starts a look again and again, and gives the lines that say what and when. Throws UsageError. */
export async function schedule(playbook: string, flags: ScheduleFlags): Promise<readonly string[]> {
  if (flags.unschedule) throw new UsageError('--schedule and --unschedule exclude each other')
  const when = readSchedule(flags.schedule ?? '')
  const watched = watchedOf(playbook, flags)
  const place = watchPlace(watched)
  const words = [process.execPath, realpathSync(process.argv[1] ?? ''), 'drift', ...keptWords(watched, flags)]
  const job = {name: nameOf(place), words, folder: process.cwd(), environment: keptEnvironment()}
  // Who was told before goes on being told, unless somebody else is named.
  if (flags.notify) await keepTargets(place.targets, await readTargets(flags.notify, mailSettings()))
  const who = await starter()
  const lines = who === 'systemd' ? await bySystemd(job, when) : await byCron(job, when, reasons[who])
  const targets = await keptTargets(place.targets)
  return [...lines, ...(targets.length === 0 ? [] : [`Told of changes: ${targets.map(shownTarget).join(', ')}`])]
}

/** Removes what started looks; history and what was told stay. Throws UsageError. */
export async function unschedule(playbook: string, flags: ScheduleFlags): Promise<readonly string[]> {
  const place = watchPlace(watchedOf(playbook, flags))
  const name = nameOf(place)
  // Who starts looks now need not be who did when the schedule was made.
  const wereThere = [await removeUnitsOf(name), await removeFromCrontab(crontabMark(name))]
  await keepTargets(place.targets, [])
  return [wereThere.includes(true) ? `removed: ${name}` : `there was no schedule ${name}`]
}

function nameOf({id}: WatchPlace): string {
  return `provision-drift-${id}`
}

function removeUnitsOf(name: string): Promise<boolean> {
  return removeUnits([`${name}.timer`, `${name}.service`], `${name}.timer`)
}

async function bySystemd(job: Job, when: Schedule): Promise<readonly string[]> {
  const timer = `${job.name}.timer`
  const isNew = await installUnits(unitsOf(job, when), timer)
  await removeFromCrontab(crontabMark(job.name))
  const note = lingering()
  return [
    `${isNew ? 'installed' : 'already installed'}: ${folder()}/${timer} and ${job.name}.service`,
    `Fires: ${when.cron} (${when.onCalendar.map(time => `OnCalendar=${time}`).join(', ')})`,
    `Next: ${await nextFiring(timer)}`,
    ...(note === undefined ? [] : [note]),
  ]
}

const reasons = {
  'no systemd': 'There is no systemd here',
  'no manager of the user': 'systemd runs no units of this user here (it does after a login by ssh, or with lingering)',
}

async function byCron(job: Job, when: Schedule, why: string): Promise<readonly string[]> {
  const isNew = await replaceInCrontab(crontabMark(job.name), crontabLine(job, when))
  await removeUnitsOf(job.name)
  const next = nextTimes(when.cron, 1).map(time => time.toString())
  const note = `${why}: cron starts the looks, and does not make up for what it missed while the machine was off.`
  return [`${isNew ? 'installed' : 'already installed'}: ${job.name} in your crontab`, `Next: ${next.join('')}`, note]
}
