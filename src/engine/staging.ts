import {TaskError} from '../errors.ts'
import type {LargeFile, Step} from '../module.ts'
import {lines, type Shell, sh} from '../shell/shell.ts'
import type {HostRun} from './host-run.ts'
import {largeFile} from './large-file.ts'
import type {Link} from './link.ts'
import type {TaskNode} from './node.ts'
import {piecesOf} from './pieces.ts'
import {withRoomToGrow} from './room-to-grow.ts'
import {titleOf} from './title.ts'

/** How many bytes a host takes at once, and after how many its disk gets them. */
const [block, piece] = [262_144, 16_777_216]

/** What a host prints that cannot take a file. */
const refused = 'refused'

/** How often people are told how far a file is, in milliseconds. */
const often = 500

/** Where large files lie on the host until their task puts them in place, by their SHA-256. */
export type Staged = ReadonlyMap<string, string>

/** Whether a task's changes need a file that is too large for a script. */
export function sendsLarge(node: TaskNode): boolean {
  return largeOnes(node).length > 0
}

/** Streams the large files of a batch to the host, each on a channel of its own. Throws TaskError when the host cannot take one. */
export async function stage(run: HostRun, batch: readonly TaskNode[], link: Link): Promise<Staged> {
  const staged = new Map<string, string>()
  for (const node of batch)
    for (const file of largeOnes(node))
      if (!staged.has(file.sha256)) staged.set(file.sha256, await sendOne(run, node, file, link))
  return staged
}

/** Removes what a run has staged and not put in place. */
export function unstage(runId: string): Shell {
  return lines(folder, sh`rm -f "$folder/"${runId}-*`)
}

async function sendOne(run: HostRun, node: TaskNode, file: LargeFile, link: Link): Promise<string> {
  const {host} = run.options
  const user = node.ready.kind === 'host' ? node.ready.user : undefined
  const task = titleOf(node, run.variables)
  const tell = (bytes: number) => run.options.emit({type: 'sending', host, task, bytes, size: file.size})
  const content = () => counted(piecesOf(file.file), tell)
  const said = await withRoomToGrow(() => link.send(receive(link.runId, file, user), content))
  const [, path] = /^staged (.*)$/m.exec(said) ?? []
  const isSame = (await largeFile(file.file))?.sha256 === file.sha256
  if (!isSame) throw new TaskError({message: `${file.file} was changed while it was sent`})
  if (path !== undefined) return path
  throw new TaskError({
    message: `the host could not take ${file.file}: ${said.replace(refused, '').trim() || 'it says nothing'}`,
  })
}

/** Says how many bytes went through, now and then, and at the end. */
async function* counted(pieces: AsyncIterable<Uint8Array>, tell: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  let bytes = 0
  let told = 0
  for await (const piece of pieces) {
    yield piece
    bytes += piece.length
    if (performance.now() - told < often) continue
    told = performance.now()
    tell(bytes)
  }
  tell(bytes)
}

/** Takes stdin as a file that only its user may read; what is left of runs of days ago goes. A file cut short is none. */
function receive(runId: string, {sha256, size}: LargeFile, user: string | undefined): Shell {
  return lines(
    folder,
    // What is printed tells an end of its own accord from a lost link.
    sh`file=; refuse() { rm -f "$file"; echo ${refused}; exit 1; }`,
    // Others may pass through, but not look around.
    sh`umask 022; mkdir -p "$folder" && chmod 0711 "$folder" || refuse; umask 077`,
    sh`find "$folder" -type f -mtime +1 -exec rm -f {} +`,
    // Where the link was lost, the command before may still be at its end, and removes what it has.
    sh`file=$(mktemp "$folder/"${`${runId}-${sha256}`}.XXXXXX) && exec 3>"$file" || refuse`,
    // What has come is on its way to the disk while more comes; waiting for all of it at the end takes as long again.
    sh`begin() { sync "$file" & writing=$!; }`,
    sh`take() {
  begin; left=${Math.ceil(size / piece)}
  while [ "$left" -gt 0 ]; do
    dd bs=${block} count=${piece / block} iflag=fullblock status=none >&3 || return 1
    kill -0 "$writing" 2>/dev/null || { wait "$writing" || return 1; begin; }
    left=$((left - 1))
  done
  wait "$writing" && sync "$file"
}`,
    sh`take && [ "$(wc -c <"$file")" -eq ${size} ] || refuse`,
    user === undefined ? sh`:` : sh`chown ${user} "$file" || refuse`,
    sh`printf 'staged %s\n' "$file"`,
  )
}

const folder = sh`if [ "$(id -u)" = 0 ]; then folder=/var/lib/provision/uploads; else folder=$HOME/.local/state/provision/uploads; fi`

function largeOnes(node: TaskNode): readonly LargeFile[] {
  return (node.answer?.plan.steps ?? []).flatMap(largeOf)
}

function largeOf(step: Step): readonly LargeFile[] {
  if (typeof step === 'string' || typeof step.content === 'string' || step.content instanceof Uint8Array) return []
  return [step.content]
}
