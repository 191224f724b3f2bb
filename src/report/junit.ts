import {type Markup, markup} from './markup.ts'
import {oneLine} from './style.ts'

/** One task on one host, as JUnit sees it; without an `end` it passed. */
export type Case = {
  readonly name: string
  readonly classname: string
  readonly ms: number
  readonly end?: {
    readonly kind: 'failure' | 'error' | 'skipped'
    readonly type: string
    readonly message: string
    /** Everything that is known of it. */
    readonly text: string
  }
}

/** One host, and what people may want to read of it besides. */
export type Suite = {readonly host: string; readonly cases: readonly Case[]; readonly said: readonly string[]}

/** A JUnit file, as CI systems read it: a testsuite per host. `time` is when it began, milliseconds since 1970. */
export function junitXml(suites: readonly Suite[], time: number): string {
  const all = suites.map((suite, index) => suiteXml(suite, index, time))
  return markup`<?xml version="1.0" encoding="UTF-8"?>
<testsuites>${all}
</testsuites>
`.markup
}

// Each testsuite has all that the strictest schema wants: id, package, properties, system-out and system-err.
function suiteXml({host, cases, said}: Suite, id: number, time: number): Markup {
  const of = (kind: string) => cases.filter(({end}) => end?.kind === kind).length
  const ms = cases.reduce((sum, one) => sum + one.ms, 0)
  const counts = markup`tests="${cases.length}" failures="${of('failure')}" errors="${of('error')}" skipped="${of('skipped')}"`
  const name = oneLine(host)
  return markup`
  <testsuite id="${id}" package="provision" name="${name}" hostname="${name}" timestamp="${stamp(time)}" ${counts} time="${seconds(ms)}">
    <properties/>${cases.map(caseXml)}
    <system-out>${said.join('\n')}</system-out>
    <system-err/>
  </testsuite>`
}

function caseXml({name, classname, ms, end}: Case): Markup {
  const head = markup`<testcase classname="${oneLine(classname)}" name="${oneLine(name)}" time="${seconds(ms)}"`
  return end === undefined
    ? markup`
    ${head}/>`
    : markup`
    ${head}>
      ${endXml(end)}
    </testcase>`
}

function endXml({kind, type, message, text}: NonNullable<Case['end']>): Markup {
  const why = markup`message="${oneLine(message)}"`
  if (kind === 'skipped') return markup`<skipped ${why}/>`
  return kind === 'failure'
    ? markup`<failure type="${oneLine(type)}" ${why}>${text}</failure>`
    : markup`<error type="${oneLine(type)}" ${why}>${text}</error>`
}

function stamp(time: number): string {
  return new Date(time).toISOString().slice(0, 19)
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3)
}
