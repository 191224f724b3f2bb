import type {Filters} from '../filter.ts'
import {data} from './data.ts'
import {hashes} from './hashes.ts'
import {lists} from './lists.ts'
import {maps} from './maps.ts'
import {numbers} from './numbers.ts'
import {paths} from './paths.ts'
import {regexes} from './regexes.ts'
import {strings} from './strings.ts'

/** All filters that are ours; minijinja has the rest of Jinja's. */
export const filters: Filters = {...data, ...hashes, ...lists, ...maps, ...numbers, ...paths, ...regexes, ...strings}
