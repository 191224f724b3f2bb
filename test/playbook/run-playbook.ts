import {prepareRun} from '../../src/commands/run/prepared-run.ts'
import {withAnswers} from '../../src/commands/run/prompts.ts'
import {reach} from '../../src/commands/run/reach.ts'
import type {RunEvent} from '../../src/engine/events.ts'
import {runPlays} from '../../src/engine/run.ts'
import {Mask} from '../../src/secrets/mask.ts'
import {localTransport} from '../../src/transport/local.ts'
import {sshTransport} from '../../src/transport/ssh.ts'

/** What came of a run: by host, each task with its status, item and message, in order; and all that was told. */
export type Ran = {
  readonly exit: number
  readonly hosts: {readonly [host: string]: readonly string[]}
  readonly events: readonly RunEvent[]
}

type Options = {
  readonly inventory: string
  readonly limit?: string
  readonly extraVars?: readonly string[]
  readonly tags?: readonly string[]
  /** Hosts are reached as they say, and not all taken for this machine. */
  readonly ssh?: boolean
}

/** Runs a playbook as the command does, on hosts that are this machine. Throws what reading and checking throw. */
export async function runPlaybook(file: string, options: Options): Promise<Ran> {
  const flags = {
    ...options,
    inventory: [options.inventory],
    forks: 5,
    timeout: 10,
    verbose: 0,
    hostKeys: 'strict',
  } as const
  const read = await prepareRun(file, flags)
  const mask = new Mask()
  const prepared = {...read, plays: await withAnswers(read.plays, read.extra, mask)}
  const reachable = await reach(prepared, flags, mask)
  const events: RunEvent[] = []
  const exit = await runPlays({
    ...prepared,
    ...reachable,
    transportOf: ({connection}) => (options.ssh && connection === 'ssh' ? sshTransport : localTransport),
    check: false,
    forks: 5,
    emit: event => events.push(event),
    signal: new AbortController().signal,
  })
  return {exit, hosts: byHost(events), events}
}

function byHost(events: readonly RunEvent[]): Ran['hosts'] {
  const hosts: {[host: string]: string[]} = {}
  for (const event of events) {
    if (event.type !== 'task-finished') continue
    const {host, status, task, item, module, message} = event.result
    const said = module === 'debug' && (status === 'ok' || status === 'changed') ? `: ${message}` : ''
    // Ansible calls a failure that a rescue takes a failure as well.
    const word = status === 'rescued' ? 'failed' : status
    hosts[host] = [...(hosts[host] ?? []), `${word} ${task}${item === undefined ? '' : ` (${item})`}${said}`]
  }
  return hosts
}
