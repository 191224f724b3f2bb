import {TaskError} from '../errors.ts'
import type {Value, Values} from '../module.ts'
import type {Loop} from '../play.ts'
import {filesLike, firstFound} from '../template/lookups/found.ts'
import {lookUp} from '../template/lookups/index.ts'
import {asList} from '../template/lookups/lists.ts'
import {renderText, renderValue} from '../template/template.ts'
import {finished, type Variables} from '../template/variables.ts'
import {isList} from '../value.ts'

/** The items of a loop, as `loop` or the lookup of its older form makes them; `folders` is where files are looked for. Throws TaskError and TemplateError. */
export function loopItems({loop, loopForm}: Loop, scope: Variables, folders: readonly string[]): readonly Value[] {
  const value = renderValue(loop ?? [], scope)
  if (loopForm === undefined) {
    if (isList(value)) return value
    throw new TaskError({message: `loop wants a list, and got ${JSON.stringify(value)}`})
  }
  const terms = isList(value) ? value : [value]
  if (loopForm === 'fileglob') return terms.flatMap(asList).flatMap(term => filesLike(String(term), folders))
  if (loopForm === 'first_found') return firstFound(terms, folders)
  return asList(lookUp(loopForm, terms, {wantlist: true}, {scope, render: renderText}))
}

/** What one turn of a loop adds to the variables. */
export function itemLayer({loopVar, indexVar, loopExtended}: Loop, items: readonly Value[], index: number): Values {
  const length = items.length
  const places = {index: index + 1, index0: index, revindex: length - index, revindex0: length - index - 1, length}
  const ends = {first: index === 0, last: index === length - 1, allitems: items}
  const before = index > 0 ? {previtem: items[index - 1] ?? null} : {}
  const after = index < length - 1 ? {nextitem: items[index + 1] ?? null} : {}
  return finished({
    [loopVar]: items[index] ?? null,
    ...(indexVar !== undefined && {[indexVar]: index}),
    ...(loopExtended && {ansible_loop: {...places, ...ends, ...before, ...after}}),
  })
}
