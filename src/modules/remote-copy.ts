import {TaskError} from '../errors.ts'
import type {Change} from '../module.ts'
import {raw, type Shell, sh, writtenByUser} from '../shell/shell.ts'
import {all, fields} from './answer.ts'
import {askPath, attributeChanges, type PathState, readPath} from './attributes.ts'

/** A file or folder of the host that is copied on it. */
export type RemoteCopy = {
  readonly src: string
  readonly dest: string
  readonly mode?: string | undefined
  readonly owner?: string | undefined
  readonly group?: string | undefined
  readonly directory_mode?: string | undefined
  readonly validate?: string | undefined
  readonly backup: boolean
  readonly force: boolean
}

/** What is at both ends. */
export type RemoteState = PathState & {
  readonly source: 'absent' | 'file' | 'directory'
  readonly sourceMode: string
  /** Where the copy is or will be. */
  readonly dest: string
  /** What of the source is not there as it is in the source. */
  readonly differs: readonly string[]
  /** Members of a folder's copy. */
  readonly members: readonly PathState[]
}

/** Asks what is at both ends, and what differs between them. */
export function askRemote(wanted: RemoteCopy): Shell {
  const {src, dest} = wanted
  const name = src.replace(/\/+$/, '').split('/').at(-1) ?? ''
  return sh`s=${src}; f=${dest}
if [ -d "$s" ]; then echo source=directory; ${raw(src.endsWith('/') ? sh`:` : sh`f=\${f%/}/${name}`)}
elif [ -f "$s" ]; then printf 'source=file\nsourcemode=%s\n' "$(stat -L -c %a -- "$s")"; case $f in */) f="$f"${name} ;; *) [ ! -d "$f" ] || f="$f/"${name} ;; esac
else echo source=absent; fi
printf 'dest=%s\n' "$f"
${raw(askPath('follow'))}
if [ -f "$s" ] && [ $t = file ]; then cmp -s -- "$s" "$f" || echo differs=content
elif [ -d "$s" ] && [ $t = directory ]; then LC_ALL=C diff -rq --no-dereference -- "$s" "$f" 2>&1 | grep -vF "Only in \${f%/}" | head -n 50 | sed 's/^/differs=/'
${raw(hasAttributes(wanted) ? sh`(cd "$s" && find . ! -type l ! -name .) | sort | while IFS= read -r m; do stat -c 'member=type=%F	mode=%a	owner=%U	group=%G	uid=%u	gid=%g' -- "$f/$m" 2>/dev/null; done | sort -u` : sh`:`)}
fi`
}

/** Reads what askRemote asked. */
export function readRemote(answer: string): RemoteState {
  const {source, sourcemode = '644', dest = ''} = fields(answer)
  const members = all(answer, 'member').map(row =>
    readPath(row.replaceAll('\t', '\n').replace(/^type=regular.*$/m, 'type=file')),
  )
  return {
    ...readPath(answer),
    source: source === 'file' || source === 'directory' ? source : 'absent',
    sourceMode: sourcemode,
    dest,
    differs: all(answer, 'differs'),
    members,
  }
}

/** What differs; throws TaskError when there is nothing to copy. */
export function remoteChanges(state: RemoteState, wanted: RemoteCopy): readonly Change[] {
  const {src, force} = wanted
  if (state.source === 'absent') throw new TaskError({message: `There is no ${src} on the host`})
  const isFolder = state.source === 'directory'
  if (state.type !== 'absent' && (state.type === 'directory') !== isFolder)
    throw new TaskError({message: `${state.dest} is a ${state.type}, and ${src} a ${state.source}`})
  const before = state.type === 'absent' ? null : state.differs
  const isSame = state.type !== 'absent' && (state.differs.length === 0 || !force)
  const content: readonly Change[] = isSame ? [] : [{what: 'content', before, after: src}]
  if (state.type === 'absent') return content
  if (!isFolder) return [...content, ...attributeChanges(state, attributesOf(state, wanted))]
  const wrong = state.members.filter(one => attributeChanges(one, memberOf(one, wanted)).length > 0)
  const {owner = null, group = null, mode = null} = wanted
  return wrong.length === 0 ? content : [...content, {what: 'attributes', before: null, after: {owner, group, mode}}]
}

/** Copies a file whole, or a folder file by file; mode and owner with it. */
export function copyRemote(state: RemoteState, wanted: RemoteCopy): Shell {
  if (state.source === 'file') return copyFile(state, wanted)
  const {src} = wanted
  return sh`mkdir -p -- ${state.dest} && cp -R --no-dereference ${raw(wanted.mode === 'preserve' ? sh`--preserve=mode` : sh`--no-preserve=mode,ownership`)} -- ${`${src.replace(/\/+$/, '')}/.`} ${state.dest} && ${raw(dressFolder(state, wanted))}`
}

/** Sets mode and owner of what was copied into a folder, and of nothing else there. */
export function dressFolder(state: RemoteState, wanted: RemoteCopy): Shell {
  const {src, mode, directory_mode, owner, group} = wanted
  const own = [...(owner === undefined ? [] : [owner]), ...(group === undefined ? [] : [`:${group}`])].join('')
  const chmod = (one: string | undefined) =>
    one === undefined || one === 'preserve' ? sh`:` : sh`chmod ${one} "$f/$m"`
  if (!hasAttributes(wanted)) return sh`:`
  return sh`f=${state.dest}; (cd ${src} && find . ! -name .) | while IFS= read -r m; do
${raw(own === '' ? sh`:` : sh`chown -h ${own} "$f/$m"`)} && { if [ -L "$f/$m" ]; then :; elif [ -d "$f/$m" ]; then ${raw(chmod(directory_mode))}; else ${raw(chmod(mode))}; fi; } || exit 1; done`
}

/** The mode and owner that a file's copy is to have. */
function attributesOf(state: RemoteState, {mode, owner, group}: RemoteCopy) {
  return {mode: mode === 'preserve' ? state.sourceMode : mode, owner, group}
}

function memberOf({type}: PathState, {mode, directory_mode, owner, group}: RemoteCopy) {
  const wanted = type === 'directory' ? directory_mode : mode
  return {mode: wanted === 'preserve' ? undefined : wanted, owner, group}
}

function copyFile(state: RemoteState, wanted: RemoteCopy): Shell {
  const {src, validate, backup} = wanted
  const {mode, owner, group} = attributesOf(state, wanted)
  const check = writtenByUser((validate ?? ':').replaceAll('%s', '"$t"'))
  return sh`f=$(readlink -f -- ${state.dest} 2>/dev/null) || f=${state.dest}
t=$(mktemp "\${f%/*}/.provision.XXXXXX") || exit 1; trap 'rm -f -- "$t"' EXIT
cat -- ${src} >"$t" && if [ -e "$f" ]; then chown --reference="$f" "$t" && chmod --reference="$f" "$t"; else chmod 0644 "$t"; fi && ${raw(owner === undefined ? sh`:` : sh`chown ${owner} "$t"`)} && ${raw(group === undefined ? sh`:` : sh`chgrp ${group} "$t"`)} && ${raw(mode === undefined ? sh`:` : sh`chmod ${mode} "$t"`)} || exit 1
{ ${raw(check)}; } || { echo 'validation failed: the file was left as it was' >&2; exit 1; }
${raw(backup ? sh`[ ! -e "$f" ] || cp -p -- "$f" "$f.$(date +%Y-%m-%d@%H:%M:%S)~"` : sh`:`)}
sync "$t" && mv -f -- "$t" "$f"`
}

function hasAttributes({mode, directory_mode, owner, group}: RemoteCopy): boolean {
  return [mode, directory_mode, owner, group].some(one => one !== undefined && one !== 'preserve')
}
