import {createHash} from 'node:crypto'
import type {Change, LargeFile, Upload, Value} from '../module.ts'
import {raw, type Shell, sh} from '../shell/shell.ts'
import {all} from './answer.ts'
import {type Attributes, askPath, attributeChanges, type PathState, readPath} from './attributes.ts'
import {resolveMode} from './mode.ts'

/** Files up to this many bytes travel whole, because their diff is shown; of larger ones only the hash travels. */
const shown = 65_536

/** Files that are edited travel whole up to this many bytes. */
export const editable = 1_048_576

/** A file on the host: `bytes` when it is small, `sha256` (hex) when it is large; neither when there is no file. */
export type FileState = PathState & {
  /** Where it was looked for. */
  readonly dest: string
  /** Where it is, links resolved. */
  readonly path: string
  readonly bytes: Buffer | undefined
  readonly sha256: string | undefined
}

/** What a file is to be like besides its content. */
export type Placement = Attributes & {readonly validate?: string | undefined; readonly backup?: boolean | undefined}

/** Asks for the file in the shell variable `f`: what it is, whose it is, what is in it (up to `limit` bytes). */
export function askFile(limit = shown): Shell {
  return sh`${raw(askPath('follow'))}
path=$(readlink -f -- "$f") || path=$f; printf 'dest=%s\npath=%s\n' "$f" "$path"
if [ $t = file ]; then if [ "\${stat##*=}" -le ${limit} ]; then printf 'base64='; base64 <"$f" | tr -d '\n'; else printf 'sha256='; sha256sum <"$f"; fi; fi`
}

/** Reads what askFile asked. */
export function readFile(answer: string): FileState {
  const [base64] = all(answer, 'base64')
  const [sha256] = all(answer, 'sha256')
  return {
    ...readPath(answer),
    dest: all(answer, 'dest')[0] ?? '',
    path: all(answer, 'path')[0] ?? '',
    bytes: base64 === undefined ? undefined : Buffer.from(base64, 'base64'),
    sha256: sha256?.split(' ')[0],
  }
}

/** What differs between the file and the wanted content and placement. */
export function fileChanges(
  state: FileState,
  content: string | Uint8Array | LargeFile,
  wanted: Placement,
): readonly Change[] {
  const attributes = state.type === 'absent' ? [] : attributeChanges(state, wanted)
  if (isLarge(content)) {
    if (state.sha256 === content.sha256) return attributes
    const after = summary(content.sha256, content.size)
    return [{what: 'content', before: state.type === 'absent' ? null : oldSummary(state), after}, ...attributes]
  }
  const bytes = Buffer.from(content)
  if (state.bytes?.equals(bytes) || state.sha256 === hash(bytes)) return attributes
  return [{what: 'content', ...shownPair(state, bytes)}, ...attributes]
}

/** The upload that puts content in place. */
export function upload(
  dest: string,
  content: string | Uint8Array | LargeFile,
  wanted: Placement,
  state: PathState,
): Upload {
  const {mode, owner, group, validate, backup} = wanted
  const present = state.type === 'file' ? state.mode : '0644'
  return {
    dest,
    content,
    ...(mode !== undefined && {mode: resolveMode(mode, present, false)}),
    ...(owner !== undefined && {owner}),
    ...(group !== undefined && {group}),
    ...(validate !== undefined && {validate}),
    ...(backup !== undefined && {backup}),
  }
}

/** Bytes as text; undefined when they are not UTF-8. */
export function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', {fatal: true, ignoreBOM: true}).decode(bytes)
  } catch {
    return undefined
  }
}

/** The SHA-256 of bytes, in hex. */
function hash(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

// Both sides as text, or both as hash and size: a diff of text against a hash tells nobody anything.
function shownPair(state: FileState, bytes: Buffer): {before: Value; after: Value} {
  const after = bytes.length <= shown ? decode(bytes) : undefined
  const before = state.bytes && decode(state.bytes)
  if (state.type === 'absent') return {before: null, after: after ?? summary(hash(bytes), bytes.length)}
  if (after !== undefined && before !== undefined) return {before, after}
  return {before: oldSummary(state), after: summary(hash(bytes), bytes.length)}
}

function oldSummary(state: FileState): string {
  return summary(state.sha256 ?? (state.bytes ? hash(state.bytes) : ''), state.size)
}

function isLarge(content: string | Uint8Array | LargeFile): content is LargeFile {
  return typeof content === 'object' && 'sha256' in content
}

function summary(sha256: string, size: number): string {
  return `sha256:${sha256} (${size} bytes)`
}
