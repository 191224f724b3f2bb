import {changeDiff} from './changes.ts'
import type {Drifted, DriftRecord, HostDrift} from './drift-record.ts'
import {type Case, junitXml} from './junit.ts'
import {taskTitle} from './result-lines.ts'
import {makeStyle} from './style.ts'

/** What drifted as a JUnit file: a testsuite per host; a host in order has one testcase, another one for each thing that drifted. */
export function driftJunit({time, playbook, hosts, drifted}: DriftRecord): string {
  const suites = Object.entries(hosts).map(([host, found]) => {
    const own = drifted.filter(one => one.host === host)
    return {host, cases: found.state === 'drifted' ? own.map(driftedCase) : [whole(found, playbook)], said: []}
  })
  return junitXml(suites, Date.parse(time))
}

function whole({state, message = state, hint}: HostDrift, playbook: string): Case {
  if (state === 'in order') return {name: 'In order', classname: playbook, ms: 0}
  const text = hint === undefined ? message : `${message}\nhint: ${hint}`
  return {name: 'Reach the host', classname: playbook, ms: 0, end: {kind: 'error', type: state, message, text}}
}

function driftedCase(one: Drifted): Case {
  const {kind, file, line, changes, message, hint, hidden} = one
  const diff = hidden ? ['(hidden by no_log)'] : changes.flatMap(change => changeDiff(change, makeStyle(false)))
  const about = message === undefined ? diff : [message, ...(hint === undefined ? [] : [`hint: ${hint}`])]
  const end = {kind: 'failure', type: `${kind} drift`, message: message ?? 'drifted'} as const
  const text = [`${file}:${line}`, ...about].join('\n')
  return {name: taskTitle(one), classname: `${kind}/${file}`, ms: 0, end: {...end, text}}
}
