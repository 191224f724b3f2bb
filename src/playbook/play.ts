import {basename} from 'node:path'
import type {Entry, Meta, Play} from '../play.ts'
import type {YamlEntry, YamlMap} from '../yaml.ts'
import {readCourse} from './course.ts'
import {readEntries, readItems} from './entries.ts'
import {checkKeywords, fieldsOf, flagOf, itemsOf, textOf, varsOf, wordsOf} from './fields.ts'
import {inherit} from './inherit.ts'
import {playKeywords} from './keywords.ts'
import {type Fields, type Inherited, type Loading, nothingBrought, report} from './loading.ts'
import {checkNotifications} from './notifications.ts'
import {readPrompts} from './prompts.ts'
import {readRole} from './role.ts'
import {readRoleItem} from './role-call.ts'
import {readVarsFiles} from './vars-files.ts'
import {isTask} from './walk.ts'

/** Reads one play with all its tasks. */
export async function readPlay(map: YamlMap, outer: Inherited, playbook: Loading): Promise<Play> {
  const loading: Loading = {...playbook, brought: nothingBrought()}
  const fields = fieldsOf(map)
  checkKeywords(fields, playKeywords, 'a play', loading)
  const inherited = inherit({...outer, vars: {}}, fields, loading, 'play')
  const hosts = wordsOf(fields.get('hosts'), loading)?.join(',')
  if (hosts === undefined)
    report(loading, map.source, 'this play does not say on which hosts it runs', {
      expected: 'hosts: a group, a host or all',
    })
  const own = (await readEntries(fields.get('handlers'), inherited, loading)).filter(isTask)
  const varsFiles = await readVarsFiles(fields, loading)
  const prompts = readPrompts(fields, loading)
  const entries = await readSections(fields, inherited, loading)
  const roleNames = [...loading.brought.names, ...loading.brought.imported]
  const handlers = [...loading.brought.handlers, ...own]
  checkNotifications(entries, handlers, loading)
  return {
    name: textOf(fields.get('name'), loading) ?? hosts ?? '',
    hosts: hosts ?? '',
    source: map.source,
    hostsSource: fields.get('hosts')?.value.source ?? map.source,
    gatherFacts: flagOf(fields.get('gather_facts'), loading) ?? true,
    become: inherited.become,
    undecided: inherited.undecided,
    vars: {
      ...varsOf(fields.get('vars'), loading),
      ...Object.fromEntries(prompts.map(prompt => [prompt.name, prompt.default])),
      ...varsFiles.values,
      ...outer.vars,
    },
    ...(prompts.length > 0 && {prompts}),
    ...(varsFiles.late.length > 0 && {varsFiles: varsFiles.late}),
    ...(roleNames.length > 0 && {roleNames}),
    roleDefaults: loading.brought.defaults,
    roleVars: loading.brought.vars,
    ...readCourse(fields, inherited, loading),
    entries,
    handlers,
  }
}

/** pre_tasks, then roles and tasks, then post_tasks, with the handlers run after each that is there. */
async function readSections(fields: Fields, inherited: Inherited, loading: Loading): Promise<readonly Entry[]> {
  const entries: Entry[] = []
  for (const section of ['pre_tasks', 'tasks', 'post_tasks']) {
    const roles = section === 'tasks' ? fields.get('roles') : undefined
    const field = fields.get(section)
    const found = [...(await readRoles(roles, inherited, loading)), ...(await readEntries(field, inherited, loading))]
    entries.push(...found)
    const place = field ?? roles
    if (place && found.length > 0) entries.push(flush(place.source))
  }
  return entries
}

async function readRoles(
  field: YamlEntry | undefined,
  inherited: Inherited,
  loading: Loading,
): Promise<readonly Entry[]> {
  const entries: Entry[] = []
  for (const item of itemsOf(field, 'a list of roles', loading)) {
    const call = readRoleItem(item, inherited, loading)
    if (call) {
      loading.brought.names.push(basename(call.name))
      entries.push(...(await readRole(call, loading, readItems)))
    }
  }
  return entries
}

function flush(source: Meta['source']): Meta {
  return {kind: 'meta', action: 'flush_handlers', source, when: [], tags: ['always']}
}
