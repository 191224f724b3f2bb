import {raw, type Shell, sh} from '../shell/shell.ts'
import type {Values} from '../value.ts'
import {all} from './answer.ts'

/** Asks for what `docker KIND inspect` says of one thing, as one line `object=` of JSON; nothing when it or docker is not there. */
export function askObject(kind: 'network' | 'volume' | 'image', name: string): Shell {
  return sh`if command -v docker >/dev/null; then ${raw(inspect(kind, name))}; fi`
}

/** Reads what askObject asked; undefined when there is no such thing. */
export function readObject(answer: string): Values | undefined {
  const [json] = all(answer, 'object')
  return json === undefined ? undefined : JSON.parse(json)
}

function inspect(kind: string, name: string): Shell {
  return sh`r=$(docker ${kind} inspect -f '{{json .}}' -- ${name} 2>/dev/null) && printf 'object=%s\n' "$r"`
}
