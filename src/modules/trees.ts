import type {Change} from '../module.ts'
import {raw, type Shell, sh} from '../shell/shell.ts'
import {type Attributes, attributeChanges} from './attributes.ts'
import {octal} from './mode.ts'

/** Asks for the different owners and modes below the path in the shell variable `f`; as many lines as there are kinds. */
export function askTree(): Shell {
  return sh`if [ "$t" = directory ]; then find "$f/." ! -type l -exec stat -c 'tree=%a %U %G %u %g %F' -- {} + | sort -u; fi`
}

/** At most one change, `tree`: what is not as wanted below the directory. */
export function treeChanges(tree: readonly string[], wanted: Attributes): readonly Change[] {
  const wrong = tree.filter(row => attributeChanges(readKind(row), wanted).length > 0)
  if (wrong.length === 0) return []
  const {mode = null, owner = null, group = null} = wanted
  return [{what: 'tree', before: wrong.map(row => row.split(' ').slice(0, 3).join(' ')), after: {mode, owner, group}}]
}

/** Sets mode and owner of everything below a directory; links are neither changed nor followed. */
export function chmodTree(path: string, wanted: Attributes): Shell {
  const {mode, owner, group} = wanted
  const below = (command: Shell) => sh`find ${`${path}/.`} ! -type l -exec ${raw(command)} {} +`
  const steps = [
    owner === undefined ? sh`:` : below(sh`chown ${owner} --`),
    group === undefined ? sh`:` : below(sh`chgrp ${group} --`),
    mode === undefined ? sh`:` : below(sh`chmod ${/^\d/.test(mode) ? `0${mode}` : mode} --`),
  ] as const
  return sh`${raw(steps[0])} && ${raw(steps[1])} && ${raw(steps[2])}`
}

function readKind(row: string) {
  const [mode = '', owner = '', group = '', uid = '', gid = '', ...type] = row.split(' ')
  const kind = type.join(' ') === 'directory' ? ('directory' as const) : ('file' as const)
  return {type: kind, mode: octal(mode), owner, group, uid, gid, size: 0}
}
