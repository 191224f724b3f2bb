import type {ExitCode} from '../../engine/events.ts'
import {type RunOptions, runPlays} from '../../engine/run.ts'
import type {Report} from '../../report/report.ts'
import {askPeople} from '../ask.ts'
import type {RunFlags} from './flags.ts'
import {interruption} from './interruption.ts'
import type {PreparedRun} from './prepared-run.ts'
import type {Reachable} from './reach.ts'

/** Runs what is prepared and closes the report; Ctrl-C stops it. `more` is what a run has besides. */
export async function go(
  prepared: PreparedRun,
  reachable: Reachable,
  flags: Pick<RunFlags, 'check' | 'forks'>,
  report: Report,
  more: Pick<RunOptions, 'foresightOf' | 'guardOf'> = {},
): Promise<ExitCode> {
  // Loaded only when it is needed: what is wrong in a file is told without it, and sooner.
  const [{sshTransport}, {localTransport}] = await Promise.all([
    import('../../transport/ssh.ts'),
    import('../../transport/local.ts'),
  ])
  const {signal, stop} = interruption(() => report.close(130))
  let exit: ExitCode = 70
  try {
    exit = await runPlays({
      ...prepared,
      ...reachable,
      ...more,
      transportOf: target => (target.connection === 'local' ? localTransport : sshTransport),
      ...(process.stdin.isTTY && process.stdout.isTTY && {ask: askPeople}),
      check: flags.check ?? false,
      forks: flags.forks,
      emit: report.listen,
      signal,
    })
    return exit
  } finally {
    stop()
    await report.close(exit)
  }
}
