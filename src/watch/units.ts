import type {Schedule} from './schedule.ts'

/** What a scheduled look runs: whole paths, and no secret, for everybody on the machine may read it. */
export type Job = {
  /** Name of the units without their endings. */
  readonly name: string
  readonly words: readonly string[]
  readonly folder: string
  /** Names paths alone. */
  readonly environment: {readonly [name: string]: string}
}

/** The service and the timer of a scheduled look, by file name. */
export function unitsOf(job: Job, schedule: Schedule): {readonly [file: string]: string} {
  return {[`${job.name}.service`]: service(job), [`${job.name}.timer`]: timer(job, schedule)}
}

/** The line of a crontab for a scheduled look; its end tells whose it is. */
export function crontabLine({name, words, folder, environment}: Job, {cron}: Schedule): string {
  const set = Object.entries(environment).map(([key, value]) => `${key}=${shellWord(value)}`)
  const command = [`cd ${shellWord(folder)} &&`, ...set, ...words.map(shellWord)].join(' ')
  return `${cron} ${command.replaceAll('%', '\\%')} >/dev/null 2>&1 ${crontabMark(name)}`
}

/** How the line of a look ends in a crontab. */
export function crontabMark(name: string): string {
  return `# ${name}`
}

// Drift and unreachable hosts are findings, not failures of the service. A look that hangs must not be the last one.
function service({words, folder, environment}: Job): string {
  const set = Object.entries(environment).map(([key, value]) => `Environment=${unitWord(`${key}=${value}`)}`)
  return `# Made by provision drift --schedule; provision drift --unschedule removes it.
[Unit]
Description=Look for drift (provision)
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
WorkingDirectory=${folder.replaceAll('%', '%%')}
${set.join('\n')}
ExecStart=${words.map(word => unitWord(word).replaceAll('$', '$$$$')).join(' ')}
SuccessExitStatus=2 4
TimeoutStartSec=1h
`
}

function timer({name}: Job, {onCalendar, spread}: Schedule): string {
  return `# Made by provision drift --schedule; provision drift --unschedule removes it.
[Unit]
Description=When to look for drift (provision)

[Timer]
${onCalendar.map(time => `OnCalendar=${time}`).join('\n')}
Persistent=true
RandomizedDelaySec=${spread}
AccuracySec=1s
Unit=${name}.service

[Install]
WantedBy=timers.target
`
}

/** A word of a unit file as systemd reads it: in double quotes, with % doubled. */
function unitWord(word: string): string {
  return `"${word.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n').replaceAll('%', '%%')}"`
}

function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}
