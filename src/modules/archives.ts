import {raw, type Shell, sh} from '../shell/shell.ts'
import type {Attributes} from './attributes.ts'

/** An archive (its path is in the shell variable `a`), and what of it goes where. */
export type Unpacking = Attributes & {
  readonly dest: string
  readonly include: readonly string[]
  readonly exclude: readonly string[]
  readonly extra_opts: readonly string[]
}

/** Says `differs=` for what is not in dest as in the archive, `member=` for modes and owners when these are wanted. */
export function compareArchive(wanted: Unpacking): Shell {
  return sh`if [ "$(head -c 2 <"$a")" = PK ]; then
${raw(compareZip(wanted))}
else
LC_ALL=C tar --compare -f "$a" -C ${wanted.dest} ${tarOptions(wanted)} 2>&1 | sed -e 's/^tar: //' ${ignored(wanted)} -e 's/^/differs=/' | head -n 50
fi
${raw(hasAttributes(wanted) ? sh`${raw(members(wanted))} | while IFS= read -r m; do stat -c 'member=type=file	mode=%a	owner=%U	group=%G	uid=%u	gid=%g' -- ${wanted.dest}/"$m" 2>/dev/null; done | sort -u` : sh``)}`
}

/** Unpacks the archive, and gives its members the wanted mode and owner. */
export function extractArchive(wanted: Unpacking): Shell {
  const {dest, include, exclude, extra_opts} = wanted
  return sh`if [ "$(head -c 2 <"$a")" = PK ]; then
command -v unzip >/dev/null || { echo 'unzip is not installed on this host' >&2; exit 1; }
unzip -o -q ${extra_opts} "$a" ${include} -d ${dest} ${exclude.length === 0 ? [] : ['-x', ...exclude]} || exit 1
else tar -x -f "$a" -C ${dest} ${tarOptions(wanted)} || exit 1
fi
${raw(hasAttributes(wanted) ? sh`${raw(members(wanted))} | while IFS= read -r m; do ${raw(setAttributes(wanted))} || exit 1; done` : sh``)}`
}

// Each file is compared by content: a zip knows times to two seconds only, and in no time zone.
function compareZip({dest, include, exclude}: Unpacking): Shell {
  return sh`command -v unzip >/dev/null || { echo 'differs=unzip is not installed'; exit; }
unzip -Z1 "$a" ${include} ${exclude.length === 0 ? [] : ['-x', ...exclude]} 2>/dev/null | while IFS= read -r m; do case $m in
*/) [ -d ${dest}/"$m" ] || printf 'differs=%s: missing\\n' "$m" ;;
*) p=$(printf '%s' "$m" | sed 's/[][*?\\]/\\\\&/g'); unzip -p "$a" "$p" | cmp -s - ${dest}/"$m" || printf 'differs=%s: missing or with other content\\n' "$m" ;;
esac; done | head -n 50`
}

function members({include, exclude}: Unpacking): Shell {
  return sh`if [ "$(head -c 2 <"$a")" = PK ]; then unzip -Z1 "$a" ${include} ${exclude.length === 0 ? [] : ['-x', ...exclude]}; else tar -t -f "$a" --quoting-style=literal ${exclude.map(one => `--exclude=${one}`)} -- ${include}; fi 2>/dev/null`
}

function tarOptions({include, exclude, extra_opts}: Unpacking): readonly string[] {
  return [...extra_opts, ...exclude.map(one => `--exclude=${one}`), '--', ...include]
}

// What is set afterwards need not be as in the archive.
function ignored({mode, owner, group}: Unpacking): readonly string[] {
  return [
    ...(mode === undefined ? [] : ['-e', '/: Mode differs$/d']),
    ...(owner === undefined ? [] : ['-e', '/: Uid differs$/d']),
    ...(group === undefined ? [] : ['-e', '/: Gid differs$/d']),
  ]
}

function hasAttributes({mode, owner, group}: Unpacking): boolean {
  return [mode, owner, group].some(one => one !== undefined)
}

function setAttributes({dest, mode, owner, group}: Unpacking): Shell {
  const chown = owner === undefined ? sh`:` : sh`chown -h ${owner} ${dest}/"$m"`
  const chgrp = group === undefined ? sh`:` : sh`chgrp -h ${group} ${dest}/"$m"`
  const chmod = mode === undefined ? sh`:` : sh`{ [ -L ${dest}/"$m" ] || chmod ${mode} ${dest}/"$m"; }`
  return sh`${raw(chown)} && ${raw(chgrp)} && ${raw(chmod)}`
}
