import {TaskError} from '../errors.ts'
import type {Change} from '../module.ts'
import {raw, type Shell, sh} from '../shell/shell.ts'
import {type Attributes, attributeChanges, type PathState} from './attributes.ts'

/** What is known of a link: `target` is its text; of a hard link it is `src` when both are one file. */
export type LinkState = PathState & {readonly target: string | undefined; readonly sourceExists: boolean}

/** What a link is to be. */
export type WantedLink = Attributes & {
  readonly kind: 'link' | 'hard'
  readonly path: string
  readonly src: string
  readonly force: boolean
}

/** Asks where the link in the shell variable `f` points, and whether `src` exists, seen from the link's directory. */
export function askLink(src: string, hard: boolean): Shell {
  return hard
    ? sh`if [ -e ${src} ]; then echo source=present; fi; if [ "$f" -ef ${src} ]; then printf 'target=%s\n' ${src}; fi`
    : sh`if [ "$t" = link ]; then printf 'target=%s\n' "$(readlink -- "$f")"; fi
s=${src}; case $s in /*) ;; *) s=$(dirname -- "$f")/$s ;; esac; if [ -e "$s" ]; then echo source=present; fi`
}

/** What differs between a path and the wanted link; throws TaskError when only force would allow it. */
export function linkChanges(state: LinkState, wanted: WantedLink): readonly Change[] {
  const owners: Attributes = {owner: wanted.owner, group: wanted.group}
  if (state.target === wanted.src)
    return wanted.kind === 'link' ? attributeChanges(state, owners) : attributeChanges(state, wanted)
  refuse(state, wanted)
  const before = state.target ?? (state.type === 'absent' ? null : state.type)
  return [{what: wanted.kind, before, after: wanted.src}]
}

/** Makes a link in one step; what stood there is replaced. */
export function makeLink(path: string, src: string, hard: boolean, state: LinkState): Shell {
  const temporary = `${path}.provision`
  const clear = state.type === 'directory' ? sh`rmdir -- ${path}` : sh`:`
  const make = hard ? sh`ln -f -- ${src} ${temporary}` : sh`ln -sfn -- ${src} ${temporary}`
  return sh`${raw(clear)} && ${raw(make)} && mv -fT -- ${temporary} ${path}`
}

function refuse(state: LinkState, wanted: WantedLink): void {
  if (wanted.force) return
  if (!state.sourceExists)
    throw new TaskError({
      message: `${wanted.src} does not exist`,
      hint: 'With force: true the link is made all the same.',
    })
  if (state.type === 'file' || state.type === 'directory' || state.type === 'other')
    throw new TaskError({
      message: `${wanted.path} is a ${state.type}, not a link to ${wanted.src}`,
      hint: 'With force: true it is replaced.',
    })
}
