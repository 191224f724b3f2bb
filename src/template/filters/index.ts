import type {Filters} from '../filter.ts'
import {chosen} from './chosen.ts'
import {comments} from './comments.ts'
import {data} from './data.ts'
import {hashes} from './hashes.ts'
import {lists} from './lists.ts'
import {maps} from './maps.ts'
import {names} from './names.ts'
import {numbers} from './numbers.ts'
import {paths} from './paths.ts'
import {regexes} from './regexes.ts'
import {strings} from './strings.ts'
import {windows} from './windows.ts'
import {words} from './words.ts'

/** All filters that are ours; minijinja has the rest of Jinja's. */
export const filters: Filters = {
  ...chosen,
  ...comments,
  ...data,
  ...hashes,
  ...lists,
  ...maps,
  ...names,
  ...numbers,
  ...paths,
  ...regexes,
  ...strings,
  ...windows,
  ...words,
}
