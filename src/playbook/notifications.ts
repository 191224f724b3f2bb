import {didYouMean} from '../nearest.ts'
import type {Entry, Task} from '../play.ts'
import {hasTemplate} from '../value.ts'
import {type Loading, report} from './loading.ts'
import {tasksOf} from './walk.ts'

/** Reports notifications that no handler answers to; names with variables are known only later. */
export function checkNotifications(entries: readonly Entry[], handlers: readonly Task[], loading: Loading): void {
  const names = handlers.flatMap(namesOf)
  if (names.some(hasTemplate)) return
  for (const task of tasksOf([...entries, ...handlers])) {
    for (const name of task.notify.filter(name => !names.includes(name) && !hasTemplate(name))) {
      report(loading, task.locate(['notify']), `there is no handler "${name}" in this play`, {
        suggestion: didYouMean(name, names),
      })
    }
  }
}

function namesOf({name, listen, role}: Task): readonly string[] {
  if (name === undefined) return listen
  return role ? [name, `${role.name} : ${name}`, ...listen] : [name, ...listen]
}
