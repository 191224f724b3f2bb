import type {Value, Values} from '../module.ts'
import {renderValue, test} from '../template/template.ts'
import {TemplateError} from '../template/template-error.ts'
import type {Variables} from '../template/variables.ts'
import {isList, isMap} from '../value.ts'

/** What was found on a host. */
export type Found = {
  /** With Ansible's names. */
  readonly facts: Values
  /** TCP ports that are listened on from outside, and by whom. */
  readonly ports: readonly {readonly port: number; readonly name: string}[]
  /** Free where Docker will keep its data, in MB. */
  readonly freeDisk: number
}

/** Why a site would be refused on a host, as far as that is seen already; `tasks` are those that a run begins with. */
export function objections(tasks: Value, found: Found, variables: Variables): readonly string[] {
  const asserts = (isList(tasks) ? tasks : []).flatMap(task => (isMap(task) && isMap(task.assert) ? [task.assert] : []))
  return [...asserts.flatMap(one => failed(one, variables)), ...lackOfDisk(found, variables), ...takenPorts(found)]
}

/** What an assertion says that does not hold; what needs more than is known is left to the run. */
function failed(assert: Values, variables: Variables): readonly string[] {
  const that = isList(assert.that) ? assert.that.map(String) : [String(assert.that)]
  try {
    return test(that, variables) ? [] : [String(renderValue(assert.fail_msg ?? that.join(', '), variables))]
  } catch (error) {
    if (error instanceof TemplateError) return []
    throw error
  }
}

function lackOfDisk({freeDisk, ports}: Found, variables: Variables): readonly string[] {
  const least = Number(variables.get('chatwoot_min_disk') ?? 0)
  if (freeDisk >= least || ports.some(isOurs)) return []
  return [`The host has ${freeDisk} MB of disk free, a new site needs ${least} (chatwoot_min_disk).`]
}

function takenPorts({ports}: Found): readonly string[] {
  const taken = ports.filter(port => [80, 443].includes(port.port) && !isOurs(port))
  return taken.map(
    ({port, name}) => `Port ${port} is taken${name && ` by ${name}`}: stop that, and see that it does not start again.`,
  )
}

/** Docker publishes a site's ports. */
function isOurs({name}: Found['ports'][number]): boolean {
  return name.startsWith('docker')
}
