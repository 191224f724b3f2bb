import {raw, type Shell, sh} from '../shell/shell.ts'
import type {Attributes} from './attributes.ts'
import {resolveMode} from './mode.ts'

/** Makes a directory and those above it that are missing, each with the wanted mode and owner, never wider in between. */
export function makeDirectories(path: string, wanted: Attributes): Shell {
  const mode = wanted.mode === undefined ? sh`` : sh`-m ${`0${resolveMode(wanted.mode, '0755', true)}`}`
  const owner = wanted.owner === undefined ? sh`:` : sh`chown ${wanted.owner} "$d"`
  const group = wanted.group === undefined ? sh`:` : sh`chgrp ${wanted.group} "$d"`
  return sh`(
d=${path}; set --
while [ ! -d "$d" ]; do set -- "$d" "$@"; d=$(dirname -- "$d"); done
for d; do mkdir ${raw(mode)} -- "$d" && ${raw(owner)} && ${raw(group)} || exit 1; done
)`
}
