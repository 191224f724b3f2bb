import {TaskError} from '../errors.ts'
import type {Value} from '../module.ts'
import type {Loop} from '../play.ts'
import {filesLike, firstFound} from '../template/lookups/found.ts'
import {lookUp} from '../template/lookups/index.ts'
import {asList} from '../template/lookups/lists.ts'
import {renderText, renderValue} from '../template/template.ts'
import type {Variables} from '../template/variables.ts'
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
