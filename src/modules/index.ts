import type {Module} from '../module.ts'
import {assert} from './assert.ts'
import {command} from './command.ts'
import {copy} from './copy.ts'
import {debug} from './debug.ts'
import {fail} from './fail.ts'
import {file} from './file.ts'
import {ping} from './ping.ts'
import {raw} from './raw.ts'
import {set_fact} from './set_fact.ts'
import {shell} from './shell.ts'
import {template} from './template.ts'

/** All modules, in alphabetical order; one line each. */
// biome-ignore format: one line each, so that two additions do not meet
export const modules = [
  assert,
  command,
  copy,
  debug,
  fail,
  file,
  ping,
  raw,
  set_fact,
  shell,
  template,
] as const satisfies readonly Module[]

/** The module of each name that playbooks use. */
export const moduleMap: ReadonlyMap<string, Module> = new Map(modules.map(module => [module.name, module]))
