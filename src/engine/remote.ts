import {UnreachableError} from '../errors.ts'
import type {Output, Remote} from '../module.ts'
import type {Variables} from '../template/variables.ts'
import type {HostRun} from './host-run.ts'
import {elsewhereOf, type TaskNode} from './node.ts'
import {environmentOf, userOf} from './prepare.ts'
import {runScript} from './script.ts'

/** The connection to a task's host, or to the one that it is delegated to, for modules that use it themselves. */
export function remoteFor(run: HostRun, node: TaskNode, scope: Variables): Remote {
  const {link, privileges} = elsewhereOf(node) ?? run.options
  return {
    local: link.local,
    run: async (probe, options = {}) => {
      const fragment = {
        index: 0,
        probe,
        user: userOf(node.task, scope, privileges),
        environment: environmentOf(node.task, scope),
      }
      const said = {stdout: '', stderr: ''}
      let exitCode: number | undefined
      await link.run(
        nonce => runScript(nonce, fragment),
        ({word, rest, body}) => {
          if (word === 'stdout' || word === 'stderr') said[word] = body.toString('utf8')
          if (word === 'exit') exitCode = Number(rest[0])
        },
        options,
      )
      return whole({...said, exitCode}, run.options.host)
    },
    reopen: async seconds => {
      // What was seen over the old connection is to be compared before it is relied on.
      run.epoch++
      await link.reopen(seconds)
    },
  }
}

function whole({exitCode, ...said}: Omit<Output, 'exitCode'> & {exitCode: number | undefined}, host: string): Output {
  if (exitCode === undefined) throw new UnreachableError(host, 'the shell ended before its script did')
  return {...said, exitCode}
}
