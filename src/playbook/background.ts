import type {Module} from '../module.ts'
import type {Async} from '../play.ts'
import {numberOf} from './fields.ts'
import {type Fields, type Loading, report} from './loading.ts'

/** Reads async and poll; a module that cannot be a job on the host is reported. */
export function readAsync(fields: Fields, module: Module | undefined, loading: Loading): {readonly async?: Async} {
  const entry = fields.get('async')
  const seconds = numberOf(entry, loading) ?? 0
  const poll = numberOf(fields.get('poll'), loading) ?? 10
  if (!entry || seconds === 0) return {}
  if (module && !isPossible(module))
    report(loading, entry.source, `${module.name} takes no async, as in Ansible`, {
      expected: 'async on a task that only works on the host (command, shell, apt and the like)',
    })
  return {async: {seconds, poll}}
}

/** What needs this machine meanwhile, or content from here, is no job on the host. */
function isPossible(module: Module): boolean {
  return module.kind === 'host' && module.source === undefined
}
