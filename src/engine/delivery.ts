import {lines, raw, type Shell, sh} from '../shell/shell.ts'

/** Gives a script to a child sh, so that a mistake in it cannot end the kept-open shell. */
export function feed(nonce: string, script: Shell): Shell {
  return sh`sh <<'${raw(sh`${nonce}`)}'
${raw(script)}
${nonce}`
}

/**
 * Takes the host's lock, writes the script to the run's own folder and starts it in a session of its own: it goes on
 * when the link drops. A lock that is about to go away is waited for. The kernel holds the lock while the kept-open shell or the script lives, so none is left stale.
 */
export function start(nonce: string, run: Run, script: Shell, locks = true): Shell {
  return lines(
    inFolder(run),
    locks ? locking(run) : sh`provision_lock() { :; }`,
    // Where others may write, somebody else could have made the folder first, and put another script there.
    sh`provision_lock ${nonce} && mkdir -p -m 0700 "$base" "$folder" && { [ -O "$base" ] || { echo "$base belongs to another user" >&2; false; }; } && cat >"$folder/script" <<'${raw(sh`${nonce}`)}'
${raw(script)}
${nonce}
[ ! -f "$folder/script" ] || { : >"$folder/frames"; setsid sh "$folder/script" >>"$folder/frames" 2>"$folder/errors" </dev/null & echo $! >"$folder/pid"; }`,
    follow(0),
  )
}

/** Runs something in the kept-open shell once the host's lock is taken. */
export function withLock(nonce: string, run: Run, script: Shell): Shell {
  return lines(inFolder(run), locking(run), sh`provision_lock ${nonce} && ${raw(script)}`)
}

/** Attaches to a script that an earlier link started; a frame `gone` says that it never began. */
export function attach(nonce: string, run: Run, from: number): Shell {
  return lines(
    inFolder(run),
    sh`[ -f "$folder/pid" ] || printf '%s gone 0\\n%s end\\n' ${nonce} ${nonce}`,
    follow(from),
  )
}

/** Tells a running script to end before its next task. */
export function stop(run: Run): Shell {
  return lines(inFolder(run), sh`[ ! -d "$folder" ] || : >"$folder/stop"`)
}

/** Removes what the run's scripts left in their folders. */
export function cleanUp(runId: string): Shell {
  return lines(inFolder({id: runId, script: 0}), sh`rm -rf "$base/"${runId}-*`)
}

/** Cancels the revert that a run has armed. */
export function disarm(runId: string): Shell {
  return sh`systemctl stop ${`provision-revert-${runId}.timer`}; rm -f /var/lib/provision/reverts/${runId} /var/lib/provision/reverts/${runId}.armed`
}

/** A script of a link: which link, the how manieth script of it, and the run of which the link is a part. */
export type Run = {readonly id: string; readonly script: number; readonly whole: string}

function inFolder(run: Pick<Run, 'id' | 'script'>): Shell {
  // After su, the variable may still name the folder of whoever logged in.
  return sh`if [ "$(id -u)" = 0 ]; then base=/run/provision
elif [ -O "$XDG_RUNTIME_DIR" ] && [ -w "$XDG_RUNTIME_DIR" ]; then base=$XDG_RUNTIME_DIR/provision
else base=/tmp/provision-$(id -u); fi
folder=$base/${`${run.id}-${run.script}`}`
}

// Whoever is first holds the file alone, writes down whose run it is, and shares it from then on with links of the same run, which know
// the same machine by another name. Somebody else may get in between: then it begins anew.
function locking(run: Run): Shell {
  return sh`provision_lock() {
  [ -z "$provision_locked" ] || return 0
  file=$base.lock
  # An exec that fails would end the shell.
  if ! wrong=$( { true >>"$file"; } 2>&1 ); then printf '%s unlocked 0\n%s\n%s end\n' "$1" "$wrong" "$1"; return 1; fi
  exec 9>>"$file"
  tries=0
  while [ -z "$provision_locked" ] && [ "$tries" -lt 50 ]; do
    tries=$((tries + 1))
    if ours "$file" && flock -s -n 9; then
      if ours "$file"; then provision_locked=1; else flock -u 9; fi
    elif flock -w 0.2 9; then
      printf 'run %s of %s, since %s\n' ${run.whole} "\${SUDO_USER:-$(id -un)}" "$(date -u +%FT%TZ)" >"$file"
      ! flock -s -n 9 || provision_locked=1
    fi
  done
  [ -z "$provision_locked" ] || return 0
  printf '%s busy 0\n' "$1"; cat "$file"; printf '%s end\n' "$1"; return 1
}
ours() { read -r _ whole _ <"$1" && [ "$whole" = ${run.whole} ]; }`
}

/** Shows the script's frames from a byte on, live, until it has ended. */
function follow(from: number): Shell {
  return sh`[ ! -f "$folder/pid" ] || { tail -c +${from + 1} -s 0.05 -f --pid="$(cat "$folder/pid")" "$folder/frames"; cat "$folder/errors" >&2; }`
}
