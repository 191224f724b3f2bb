import type {Change, Step} from '../module.ts'
import {type Shell, sh} from '../shell/shell.ts'
import {fields} from './answer.ts'
import {octal, resolveMode} from './mode.ts'

/** What stands at a path, and who owns it. `mode` is octal, four digits. */
export type PathState = {
  readonly type: 'absent' | 'file' | 'directory' | 'link' | 'other'
  readonly mode: string
  readonly owner: string
  readonly group: string
  readonly uid: string
  readonly gid: string
  /** Bytes. */
  readonly size: number
}

/** The arguments about owner and mode that file modules share. */
export type Attributes = {
  readonly mode?: string | undefined
  readonly owner?: string | undefined
  readonly group?: string | undefined
}

/**
 * Asks what stands at the path in the shell variable `f`; links are followed unless `nofollow`. The host's cost is its
 * processes, about a millisecond each: `stat` keeps what was said, for the probes that go on from here.
 */
export function askPath(follow: 'follow' | 'nofollow'): Shell {
  return follow === 'follow'
    ? sh`if [ -f "$f" ]; then t=file; elif [ -d "$f" ]; then t=directory; elif [ -e "$f" ]; then t=other; else t=absent; fi
echo "type=$t"; [ $t = absent ] || { stat=$(stat -L -c ${aspects} -- "$f"); printf '%s\n' "$stat"; }`
    : sh`if [ -L "$f" ]; then t=link; elif [ -f "$f" ]; then t=file; elif [ -d "$f" ]; then t=directory; elif [ -e "$f" ]; then t=other; else t=absent; fi
echo "type=$t"; [ $t = absent ] || { stat=$(stat -c ${aspects} -- "$f"); printf '%s\n' "$stat"; }`
}

// A line each, the size last.
const aspects = 'mode=%a\nowner=%U\ngroup=%G\nuid=%u\ngid=%g\nsize=%s'

/** Reads what askPath asked. */
export function readPath(answer: string): PathState {
  const {type, mode = '0', owner = '', group = '', uid = '', gid = '', size = '0'} = fields(answer)
  const known = type === 'file' || type === 'directory' || type === 'link' || type === 'other' ? type : 'absent'
  // A directory's size says how it is stored, not what is in it.
  return {type: known, mode: octal(mode), owner, group, uid, gid, size: known === 'file' ? Number(size) : 0}
}

/** What differs in mode, owner and group of something that exists. */
export function attributeChanges(state: PathState, wanted: Attributes): readonly Change[] {
  const mode = wanted.mode && resolveMode(wanted.mode, state.mode, state.type === 'directory')
  const changes: Change[] = []
  if (wanted.owner !== undefined && wanted.owner !== state.owner && wanted.owner !== state.uid)
    changes.push({what: 'owner', before: state.owner, after: wanted.owner})
  if (wanted.group !== undefined && wanted.group !== state.group && wanted.group !== state.gid)
    changes.push({what: 'group', before: state.group, after: wanted.group})
  // After the owner, because chown clears the setuid bit.
  if (mode !== undefined && mode !== state.mode) changes.push({what: 'mode', before: state.mode, after: mode})
  return changes
}

/** Makes a change of mode, owner or group true; undefined when the change is another one. */
export function applyAttribute(change: Change, path: string, state: PathState): Step | undefined {
  const after = String(change.after)
  const itself = state.type === 'link' ? ['-h'] : []
  // Four digits would leave a directory's setgid bit as it is.
  if (change.what === 'mode') return sh`chmod ${`0${after}`} ${path}`
  if (change.what === 'owner') return sh`chown ${itself} ${after} ${path}`
  if (change.what === 'group') return sh`chgrp ${itself} ${after} ${path}`
  return undefined
}
