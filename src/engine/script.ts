import {createHash} from 'node:crypto'
import type {Step} from '../module.ts'
import {lines, raw, type Shell, sh} from '../shell/shell.ts'
import {knowArrived} from './arrived.ts'
import type {Link} from './link.ts'
import type {Staged} from './staging.ts'
import {uploadScript} from './upload.ts'

/** One task's part of a script. */
export type Fragment = {
  readonly index: number
  readonly probe: Shell
  /** The user whose shell runs it; undefined is the shell's own user. */
  readonly user: string | undefined
  readonly environment: {readonly [name: string]: string}
}

/** What a failure means for the walk: it ends it, is ignored, or ends it after the loop's last item. */
export type OnFailure = 'end' | 'ignore' | 'item' | 'last-item'

/** One task's part of an apply script. */
export type ApplyFragment = Fragment & {
  /** The answer that the plan was made from, or its fingerprint. */
  readonly expected: string
  readonly steps: readonly Step[]
  /** Where the large files of its steps lie on the host. */
  readonly staged: Staged
  readonly reverts: readonly Shell[]
  /** Handlers, written down on the host before the change. */
  readonly notify: readonly string[]
  /** Names under which this handler was written down; forgotten once it ran. */
  readonly forget: readonly string[]
  readonly slow: boolean
  readonly action: boolean
  readonly onFailure: OnFailure
  /** Seconds for one step; 0 means no limit. */
  readonly timeout: number
}

/** The look: asks all probes, one frame `answer N` each, and which handlers a run before this one left behind. */
export function lookScript(nonce: string, whole: string, fragments: readonly Fragment[]): Shell {
  return lines(
    prelude(nonce),
    ...fragments.map(probeFunction),
    lookPending(whole),
    ...fragments.map(({index}) => sh`ask answer ${index}`),
    end,
  )
}

/**
 * Compare-and-apply: walks the tasks in order. A task whose answer is not the expected one ends the walk with `moved`
 * and fresh answers of all that follow; otherwise its steps run and its probe is asked again (`after`).
 */
export function applyScript(
  nonce: string,
  {runId, whole}: Pick<Link, 'runId' | 'whole'>,
  fragments: readonly ApplyFragment[],
): Shell {
  const indexes = fragments.map(({index}) => index)
  return lines(
    prelude(nonce),
    sh`run=${runId} whole=${whole}`,
    walker,
    knowArrived(fragments[0]?.staged ?? new Map()),
    sh`relook() { for j in ${indexes.map(String)}; do [ "$j" -le "$1" ] || ask answer "$j"; done; }`,
    ...fragments.flatMap(fragment => [
      probeFunction(fragment),
      ...stepFunctions(fragment),
      noteFunction(fragment),
      forgetFunction(fragment),
    ]),
    ...fragments.map(call),
    end,
  )
}

/** Runs one script as a user: frames `stdout`, `stderr` and `exit`. */
export function runScript(nonce: string, fragment: Fragment): Shell {
  return lines(
    prelude(nonce),
    workFolder,
    mark,
    send,
    probeFunction(fragment),
    sh`( p${fragment.index} ) </dev/null >"$work/stdout" 2>"$work/stderr"; rc=$?`,
    sh`send stdout 0; send stderr 0; mark exit 0 "$rc"`,
    end,
  )
}

/** Removes the notes of handlers that are not to be called by a later run. */
export function forgetScript(handlers: readonly string[]): Shell {
  return lines(state, forget(handlers))
}

const state = sh`if [ "$(id -u)" = 0 ]; then state=/var/lib/provision; else state=$HOME/.local/state/provision; fi`

const end = sh`printf '%s end\n' "$nonce"`

function prelude(nonce: string): Shell {
  return lines(
    sh`nonce=${nonce}`,
    sh`LC_ALL=C.UTF-8 LANG=C.UTF-8 LANGUAGE= PATH="$PATH:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"; export LC_ALL LANG LANGUAGE PATH`,
    sh`umask 022`,
    state,
    sh`ask() { a=$("p$2" </dev/null 2>/dev/null); printf '%s %s %s\n%s\n' "$nonce" "$1" "$2" "$a"; }`,
  )
}

// What this run wrote down itself, perhaps for the same machine under another name, it knows.
function lookPending(whole: string): Shell {
  return sh`[ ! -d "$state/handlers" ] || { printf '%s pending 0\n' "$nonce"; for f in "$state/handlers/"*; do grep -qxF ${`run ${whole}`} "$f" 2>/dev/null || cat "$f" 2>/dev/null; done; echo; }`
}

const workFolder = lines(
  sh`work=$(mktemp -d "\${TMPDIR:-/tmp}/provision.XXXXXX") || exit 1`,
  sh`trap 'rm -rf "$work"' EXIT`,
)

const mark = sh`mark() { printf '%s %s\n' "$nonce" "$*"; }`

const send = sh`send() { printf '%s %s %s\n' "$nonce" "$1" "$2"; [ ! -s "$work/$1" ] || cat "$work/$1"; echo; }`

const walker = lines(
  workFolder,
  sh`changed= failed=`,
  mark,
  sh`same() { [ "$1" = "$2" ] && return; h=$(printf %s "$1" | sha256sum); [ "\${h%% *}" = "$2" ]; }`,
  send,
  // $1 number, $2 expected answer, $3 steps, $4 slow, $5 action, $6 what a failure means, $7 seconds for a step
  sh`task() {
  walk "$@" || failed=1
  [ -z "$failed" ] || case $6 in end | last-item) mark end; exit 0 ;; esac
  [ "$6" != ignore ] || failed=
}`,
  sh`walk() {
  [ ! -e "\${0%/*}/stop" ] || { mark end; exit 0; }
  mark task "$1"
  if [ -n "$changed" ] || [ -z "$4" ]; then
    a=$("p$1" </dev/null 2>/dev/null)
    if ! same "$a" "$2"; then printf '%s moved %s\n%s\n' "$nonce" "$1" "$a"; relook "$1"; mark end; exit 0; fi
  fi
  if [ "$3" = 0 ]; then mark held "$1"; return 0; fi
  "n$1" || { mark exit "$1" 1; return 1; }
  n=0
  while [ "$n" -lt "$3" ]; do
    step "$1" "$n" "$7"; rc=$?
    changed=1
    send stdout "$1"; send stderr "$1"; mark exit "$1" "$rc"
    [ "$rc" = 0 ] || return 1
    n=$((n + 1))
  done
  "f$1"
  if [ -n "$5" ]; then mark held "$1"; else ask after "$1"; fi
  return 0
}`,
  sh`step() {
  if [ "$3" = 0 ]; then ( "s$1_$2" ) </dev/null >"$work/stdout" 2>"$work/stderr" 9>&-; return; fi
  ( "s$1_$2" ) </dev/null >"$work/stdout" 2>"$work/stderr" 9>&- & pid=$!
  ( sleep "$3"; echo "stopped after $3 s" >>"$work/stderr"; pkill -TERM -P "$pid"; kill -TERM "$pid" ) >/dev/null 2>&1 9>&- & timer=$!
  wait "$pid"; rc=$?; pkill -P "$timer"; kill "$timer" 2>/dev/null; return "$rc"
}`,
  sh`note() { mkdir -p -m 0700 "$state/handlers" && printf '%s\nrun %s\n' "$2" "$whole" >"$state/handlers/$1"; }`,
  sh`arm() {
  mkdir -p -m 0700 "$state/reverts" || return 1
  file=$state/reverts/$run
  { cat "$work/revert"; [ ! -f "$file" ] || cat "$file"; } >"$file.new" && mv "$file.new" "$file" || return 1
  [ -f "$file.armed" ] || { systemd-run --quiet --collect --unit="provision-revert-$run" --on-active=60 --timer-property=AccuracySec=1s /bin/sh -c 'sh "$0"; rm -f "$0" "$0.armed"' "$file" && touch "$file.armed"; }
}`,
)

function call(fragment: ApplyFragment): Shell {
  const {index, expected, steps, slow, action, onFailure, timeout} = fragment
  return sh`task ${index} ${expected} ${steps.length} ${slow ? 'slow' : ''} ${action ? 'action' : ''} ${onFailure} ${timeout}`
}

function probeFunction(fragment: Fragment): Shell {
  return define(`p${fragment.index}`, dressed(fragment, fragment.probe))
}

function stepFunctions(fragment: ApplyFragment): readonly Shell[] {
  return fragment.steps.map((step, number) =>
    define(
      `s${fragment.index}_${number}`,
      dressed(fragment, typeof step === 'string' ? step : uploadScript(step, fragment.staged)),
    ),
  )
}

/** What is written down on the host before the task changes anything: its handlers, and how to undo it. */
function noteFunction(fragment: ApplyFragment): Shell {
  const notes = fragment.notify.map(name => sh`note ${noteName(name)} ${name} || return 1`)
  const reverts = fragment.reverts.map(revert => sh`printf '%s\n' ${revert} >"$work/revert" && arm || return 1`)
  return define(`n${fragment.index}`, lines(...notes, ...reverts))
}

function forgetFunction(fragment: ApplyFragment): Shell {
  return define(`f${fragment.index}`, forget(fragment.forget))
}

function forget(handlers: readonly string[]): Shell {
  return lines(...handlers.map(name => sh`rm -f "$state/handlers/"${noteName(name)}`))
}

function noteName(handler: string): string {
  return createHash('sha256').update(handler).digest('hex')
}

function define(name: string, body: Shell): Shell {
  return sh`${raw(word(name))}() {
:
${raw(body)}
}`
}

/** The fragment with its environment, as its user. */
function dressed({user, environment}: Fragment, body: Shell): Shell {
  const exports = Object.entries(environment).map(([name, value]) => sh`export ${`${name}=${value}`}`)
  const whole = lines(...exports, body)
  if (user === undefined) return whole
  return sh`printf '%s\n' ${`{ ${whole}\n} </dev/null`} | runuser -u ${user} -- env HOME="$(getent passwd ${user} | cut -d: -f6)" USER=${user} LOGNAME=${user} sh -s`
}

function word(name: string): Shell {
  return sh`${name}`
}
