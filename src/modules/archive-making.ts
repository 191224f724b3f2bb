import {lines, quote, raw, type Shell, sh, writtenByUser} from '../shell/shell.ts'
import {type Attributes, askPath} from './attributes.ts'

/** How archives are compressed. */
export const formats = ['gz', 'bz2', 'xz', 'tar', 'zip'] as const

/** What is archived, and how. */
export type Archiving = Attributes & {
  readonly path: readonly string[]
  readonly dest?: string | undefined
  readonly format: (typeof formats)[number]
  readonly exclude_path: readonly string[]
  readonly exclusion_patterns: readonly string[]
  readonly force_archive: boolean
}

/** Asks which files there are, where they go, and whether the archive there is what would be made of them. */
export function askArchive(wanted: Archiving): Shell {
  return lines(
    collect(wanted),
    sh`printf 'dest=%s\nroot=%s\n' "$f" "$root"
printf '%s\n' "$paths" | while IFS= read -r p; do [ -z "$p" ] || { printf 'path=%s\n' "$p"; [ -e "$p" ] || [ -L "$p" ] || printf 'missing=%s\n' "$p"; }; done
if [ -n "$f" ]; then
${raw(askPath('follow'))}
if [ $t = file ] && { ${raw(isSame(wanted))}
} >/dev/null 2>&1; then echo same=yes; fi
fi`,
  )
}

/** Makes the archive beside its place, and puts it there whole. */
export function makeArchive(wanted: Archiving): Shell {
  const {format, mode, owner, group} = wanted
  const tar = sh`members | tar -C "$root" --no-recursion --verbatim-files-from -T - -cf "$t"`
  const compressed = format === 'tar' ? sh`:` : sh`${packers[format]} <"$t" >"$t.1" && mv -f -- "$t.1" "$t"`
  const packed = format === 'zip' ? zipped : sh`${raw(tar)} && ${raw(compressed)}`
  const single = format === 'zip' || format === 'tar' ? packed : sh`${packers[format]} <"$paths" >"$t"`
  return lines(
    collect(wanted),
    sh`command -v ${packers[format][0] ?? ''} >/dev/null || { echo ${`${packers[format][0]} is not installed on this host`} >&2; exit 1; }
umask 077; t=$(mktemp "\${f%/*}/.provision.XXXXXX") || exit 1; trap 'rm -f -- "$t" "$t.1"' EXIT
if [ -n "$many" ]; then
${raw(packed)}
else
${raw(single)}
fi || exit 1
if [ -e "$f" ]; then chown --reference="$f" "$t" && chmod --reference="$f" "$t"; else chmod 0644 "$t"; fi && ${raw(owner === undefined ? sh`:` : sh`chown ${owner} "$t"`)} && ${raw(group === undefined ? sh`:` : sh`chgrp ${group} "$t"`)} && ${raw(mode === undefined ? sh`:` : sh`chmod ${mode} "$t"`)} && sync "$t" && mv -f -- "$t" "$f"`,
  )
}

/** Leaves the paths, their common folder, the archive's place and whether it holds many in variables; `members` lists what goes in. */
function collect(wanted: Archiving): Shell {
  const {path, exclude_path, exclusion_patterns, dest, format, force_archive} = wanted
  const isMany = force_archive || path.some(isGlob)
  const skip =
    exclusion_patterns.length === 0
      ? sh``
      : sh`case $m in ${raw(writtenByUser(exclusion_patterns.map(asPattern).join('|')))}) continue ;; esac;`
  return sh`found() { IFS=; for p in "$@"; do printf '%s\n' "$p"; done; }
there() { while IFS= read -r p; do case $p in *[*?]*) [ -e "$p" ] || [ -L "$p" ] || continue ;; esac; printf '%s\n' "$p"; done; }
paths=$(found ${raw(globs(path))} | there | LC_ALL=C sort -u | grep -vxF -e "$(found ${raw(globs(exclude_path))})")
root=$(printf '%s\n' "$paths" | sed 's,[^/]*$,,' | awk 'NR == 1 {r = $0} {while (index($0, r) != 1) sub(/[^\\/]*\\/$/, "", r)} END {print r}')
many=${isMany ? 'yes' : ''}; [ "$(printf '%s\n' "$paths" | wc -l)" = 1 ] && [ ! -d "$paths" ] || many=yes
f=${dest ?? ''}; [ -n "$f" ] || [ -n "$many" ] || f=$paths.${format}
members() { printf '%s\n' "$paths" | while IFS= read -r p; do if [ -d "$p" ]; then find "$p/" -mindepth 1; elif [ -e "$p" ] || [ -L "$p" ]; then printf '%s\n' "$p"; fi; done | while IFS= read -r p; do [ "$p" != "$f" ] || continue; m=\${p#"$root"}; ${raw(skip)} printf '%s\n' "$m"; done | LC_ALL=C sort -u; }`
}

function isSame({format}: Archiving): Shell {
  if (format === 'zip')
    return sh`[ "$(unzip -Z1 "$f" | sed 's,/$,,' | LC_ALL=C sort -u)" = "$(members)" ] && members | while IFS= read -r m; do
[ -d "$root$m" ] || unzip -p "$f" "$(printf '%s' "$m" | sed 's/[][*?\\]/\\\\&/g')" | cmp -s - "$root$m" || exit 1; done`
  const tar = sh`[ "$(tar -tf "$f" --quoting-style=literal | sed 's,/$,,' | LC_ALL=C sort -u)" = "$(members)" ] && tar --compare -f "$f" -C "$root"`
  return format === 'tar'
    ? tar
    : sh`if [ -n "$many" ]; then ${raw(tar)}; else ${[packers[format][0], '-dc']} <"$f" | cmp -s - "$paths"; fi`
}

// An empty file is no zip that could be added to: zip writes to its output instead.
const zipped = sh`(cd "$root" && members | zip -q -X -@ - >"$t")`

const packers = {
  gz: ['gzip', '-n', '-c'],
  bz2: ['bzip2', '-c'],
  xz: ['xz', '-c'],
  tar: ['tar'],
  zip: ['zip'],
} as const

function globs(paths: readonly string[]): Shell {
  return writtenByUser(paths.map(path => (isGlob(path) ? asPattern(path) : quote(path))).join(' '))
}

function isGlob(path: string): boolean {
  return /[*?]/.test(path)
}

/** Everything but *, ? and [...] is quoted. */
function asPattern(path: string): string {
  return path
    .split(/([*?]|\[[^\]]*\])/)
    .map((part, index) => (index % 2 === 1 ? part : part === '' ? '' : quote(part)))
    .join('')
}
