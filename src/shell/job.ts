import {lines, raw, type Shell, sh} from './shell.ts'

/** Work that goes on by itself on a host. */
export type Job = {
  readonly script: Shell
  /** When so many seconds have passed it is killed, with all that it started. */
  readonly seconds: number
  /** What is kept beside it for those who ask what came of it. */
  readonly note: string
}

/** Starts a job in a session of its own, where it outlives link and run, and prints its folder. */
export function startJob(job: Job): Shell {
  return lines(begin(job), sh`printf '%s\n' "$job"`)
}

/** Does a job and waits for its end: says what it said, and ends as it ended. */
export function waitForJob(job: Job): Shell {
  return lines(
    begin(job),
    sh`wait "$!"; cat "$job/stdout"; cat "$job/stderr" >&2; rc=$(cat "$job/rc"); rm -rf "$job"`,
    sh`[ "$rc" != late ] || { echo ${tooLate(job.seconds)} >&2; rc=1; }; exit "$rc"`,
  )
}

/** Prints a job's folder, its exit code (`going` before its end, `late` when it was killed), and its note, stdout and stderr in base64; nothing if there is no such job. */
export function askJob(id: string): Shell {
  return lines(
    folderOf(id),
    sh`[ -e "$job/note" ] || exit 0; printf '%s\n' "$job"; cat "$job/rc" 2>/dev/null || echo going`,
    sh`for part in note stdout stderr; do base64 <"$job/$part" | tr -d '\n'; echo; done`,
  )
}

/** Removes what a job left, and prints its folder; nothing if there is no such job. */
export function removeJob(id: string): Shell {
  return lines(folderOf(id), sh`[ -e "$job/note" ] || exit 0; rm -rf "$job" && printf '%s\n' "$job"`)
}

/** What is said of a job that was killed at its limit. */
export function tooLate(seconds: number): string {
  return `async task did not complete within the requested time - ${seconds}s`
}

/** The host makes the name, so that the same task is always the same text. */
function begin({script, seconds, note}: Job): Shell {
  return lines(
    jobs,
    sh`( umask 077; mkdir -p "$jobs" ) && job=$(mktemp -d "$jobs/jXXXXXXXXXXXX") || exit 1`,
    sh`( umask 077; : >"$job/stdout" && : >"$job/stderr" && printf '%s\n' ${work(script)} >"$job/script" && printf '%s\n' ${note} >"$job/note" ) || exit 1`,
    sh`setsid sh -c ${supervise} "$job" ${seconds} </dev/null >/dev/null 2>&1 9>&- &`,
  )
}

/** Whoever runs the script asks for this folder: jobs of root and of others lie apart. */
const jobs = sh`if [ "$(id -u)" = 0 ]; then jobs=/var/lib/provision/jobs; else jobs=$HOME/.local/state/provision/jobs; fi`

function folderOf(id: string): Shell {
  return lines(jobs, sh`job=$jobs/${id}`)
}

/** The exit code appears whole, and when all else is written. */
function work(script: Shell): Shell {
  return sh`(
${raw(script)}
); echo "$?" >"$1/rc.new" && mv "$1/rc.new" "$1/rc"`
}

const supervise = sh`timeout -s KILL "$1" sh "$0/script" "$0" >"$0/stdout" 2>"$0/stderr"; rm -f "$0/script"; [ -e "$0/rc" ] || echo late >"$0/rc"`
