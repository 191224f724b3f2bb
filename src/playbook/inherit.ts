import {conditionsOf, environmentOf, flagOf, numberOf, textOf, varsOf, wordsOf} from './fields.ts'
import {type Fields, type Inherited, type Loading, report} from './loading.ts'
import {readModuleDefaults} from './module-defaults.ts'
import {isUndecided, untilDecided, withUndecided} from './undecided.ts'

/** Adds a play's, block's, import's or task's own keywords to what it inherits. Vars of plays are not inherited: they are weaker. */
export function inherit(outer: Inherited, fields: Fields, loading: Loading, of: 'play' | 'entry'): Inherited {
  const flag = (name: string) => (isUndecided(name, fields) ? untilDecided(name) : flagOf(fields.get(name), loading))
  checkMethod(fields, loading)
  return {
    become: flag('become') ?? outer.become,
    becomeUser: textOf(fields.get('become_user'), loading) ?? outer.becomeUser,
    undecided: withUndecided(outer.undecided, fields, loading),
    environment: [...outer.environment, ...environmentOf(fields.get('environment'), loading)],
    vars: of === 'play' ? outer.vars : {...outer.vars, ...varsOf(fields.get('vars'), loading)},
    tags: [...new Set([...outer.tags, ...(wordsOf(fields.get('tags'), loading, true) ?? [])])],
    when: [...outer.when, ...(conditionsOf(fields.get('when'), loading) ?? [])],
    ignoreErrors: flag('ignore_errors') ?? outer.ignoreErrors,
    noLog: flag('no_log') ?? outer.noLog,
    checkMode: flag('check_mode') ?? outer.checkMode,
    delegateTo: textOf(fields.get('delegate_to'), loading) ?? outer.delegateTo,
    delegateFacts: flag('delegate_facts') ?? outer.delegateFacts,
    role: outer.role,
    roleRun: outer.roleRun,
    runOnce: flag('run_once') ?? outer.runOnce,
    anyErrorsFatal: flag('any_errors_fatal') ?? outer.anyErrorsFatal,
    ignoreUnreachable: flag('ignore_unreachable') ?? outer.ignoreUnreachable,
    diff: flag('diff') ?? outer.diff,
    moduleDefaults: readModuleDefaults(fields, outer.moduleDefaults, loading),
    timeout: numberOf(fields.get('timeout'), loading) ?? outer.timeout,
  }
}

function checkMethod(fields: Fields, loading: Loading): void {
  const method = textOf(fields.get('become_method'), loading)
  const place = fields.get('become_method')?.value.source
  if (method !== undefined && method !== 'sudo' && place)
    report(loading, place, `become_method "${method}" is not supported yet: use sudo`)
}
