import type {ExitCode} from '../../engine/events.ts'
import {askChoice} from '../ask.ts'
import {plan} from '../plan/plan.ts'
import {run} from '../run/run.ts'
import {shortPath} from '../run/sealed-files.ts'
import type {InitFlags} from './flags.ts'
import {say} from './say.ts'

/** Offers the plan and the run until the site runs, or until that is left for later. */
export async function offerNext(file: string, {identity, color = false}: InitFlags): Promise<ExitCode> {
  const flags = {inventory: [file], forks: 50, verbose: 0, color, ...(identity !== undefined && {identity})}
  for (;;) {
    const next = await askChoice({message: 'What now?', choices, fallback: 'plan'})
    if (next === 'run') return run('site.yml', flags)
    if (next === 'later') break
    await plan('site.yml', flags)
  }
  say(...laterLines(file))
  return 0
}

/** What to call when the site is to be made later. */
export function laterLines(file: string): readonly string[] {
  const name = shortPath(file)
  return [
    'Next:',
    `  npx provision plan --inventory ${name}    what would change`,
    `  npx provision --inventory ${name}         change it`,
  ]
}

const choices = [
  {value: 'plan', name: 'plan: look what a run would change'},
  {value: 'run', name: 'run: bring the site up now'},
  {value: 'later', name: 'nothing: do it later'},
]
