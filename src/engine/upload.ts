import {Bug} from '../errors.ts'
import type {LargeFile, Upload} from '../module.ts'
import {allOf, raw, type Shell, sh, writtenByUser} from '../shell/shell.ts'
import type {Staged} from './staging.ts'

/** Writes a file atomically: temporary file in the same folder, attributes, validation, fsync, rename; what fails ends it. */
export function uploadScript(upload: Upload, staged: Staged = new Map()): Shell {
  const {dest, mode, owner, group, validate, backup} = upload
  return allOf(
    sh`dest=$(readlink -f -- ${dest} 2>/dev/null) || dest=${dest}`,
    sh`[ -d "\${dest%/*}/" ] || { echo "Destination directory \${dest%/*} does not exist" >&2; exit 1; }`,
    sh`temp=$(mktemp "\${dest%/*}/.provision.XXXXXX")`,
    sh`trap 'rm -f -- "$temp"' EXIT`,
    bytes(upload.content, staged),
    // Owners first: chown takes setuid and setgid away.
    sh`[ ! -e "$dest" ] || chown --reference="$dest" "$temp"`,
    owner || group ? sh`chown ${`${owner ?? ''}${group ? `:${group}` : ''}`} "$temp"` : sh`:`,
    mode
      ? sh`chmod ${mode} "$temp"`
      : sh`if [ -e "$dest" ]; then chmod --reference="$dest" "$temp"; else chmod 0644 "$temp"; fi`,
    validate ? validation(validate) : sh`:`,
    backup ? sh`[ ! -e "$dest" ] || cp -p -- "$dest" "$dest.$(date +%Y-%m-%d@%H:%M:%S)~"` : sh`:`,
    sh`sync "$temp"`,
    sh`mv -f -- "$temp" "$dest"`,
    sh`trap - EXIT`,
  )
}

/** printf is built into sh: the content is in no argument list. */
function bytes(content: Upload['content'], staged: Staged): Shell {
  if (typeof content === 'object' && 'sha256' in content) return taken(content, staged)
  if (typeof content === 'string' && !content.includes('\0')) return sh`printf %s ${content} >"$temp"`
  return sh`printf %s ${Buffer.from(content).toString('base64')} | base64 -d >"$temp"`
}

/** A file that was streamed is only renamed, unless it lies on another disk, or may be read but not taken away. */
function taken({file, sha256}: LargeFile, staged: Staged): Shell {
  const path = staged.get(sha256)
  if (path === undefined) throw new Bug(`${file} was not sent before its task`)
  return sh`mv -f -- ${path} "$temp" 2>/dev/null || cat ${path} >"$temp"`
}

function validation(command: string): Shell {
  return sh`{ ${raw(writtenByUser(command.replaceAll('%s', '"$temp"')))}; } || { echo "validation failed: the file was left as it was" >&2; exit 1; }`
}
