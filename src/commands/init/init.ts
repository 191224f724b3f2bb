import {existsSync} from 'node:fs'
import type {Declared} from '../../argument-spec/read-options.ts'
import type {ExitCode} from '../../engine/events.ts'
import {UsageError} from '../../errors.ts'
import {askYes, isCtrlC} from '../ask.ts'
import {shortPath} from '../run/sealed-files.ts'
import {siteDeclared} from '../site-inputs.ts'
import {asker} from './asker.ts'
import {converse} from './conversation.ts'
import type {InitFlags} from './flags.ts'
import {fromAnswers} from './from-answers.ts'
import {KeptAnswers} from './kept-answers.ts'
import {offerNext} from './next.ts'
import {say} from './say.ts'
import {draftOf, printDraft, writeDraft} from './write-site.ts'

/** Asks what a site needs, or reads it, and writes inventory and secrets. Throws UsageError, ConfigError and UnreachableError. */
export async function init(file: string, flags: InitFlags): Promise<ExitCode> {
  const declared = await siteDeclared()
  if (flags.answers !== undefined) return fromAnswers(flags.answers, file, declared, flags)
  if (!process.stdin.isTTY || !process.stderr.isTTY)
    throw new UsageError('init asks questions, and there is no terminal', 'Give the answers in a file: --answers FILE')
  const kept = await KeptAnswers.of(file)
  try {
    return await atTerminal(file, kept, declared, flags)
  } catch (error) {
    if (!isCtrlC(error)) throw error
    sayKept(kept)
    return 130
  }
}

function sayKept({count, file}: KeptAnswers): void {
  say(count > 0 ? `\nYour answers are kept in ${shortPath(file)}, without secrets: call it again to go on.` : '')
}

/** Between two questions Ctrl-C is a signal; it ends the process as any other, but says what is kept. */
async function tellingOfCtrlC<Result>(kept: KeptAnswers, action: () => Promise<Result>): Promise<Result> {
  const onSignal = () => {
    sayKept(kept)
    process.kill(process.pid, 'SIGINT')
  }
  process.once('SIGINT', onSignal)
  try {
    return await action()
  } finally {
    process.off('SIGINT', onSignal)
  }
}

async function atTerminal(file: string, kept: KeptAnswers, declared: Declared, flags: InitFlags): Promise<ExitCode> {
  if (!flags.print && existsSync(file) && !(await askYes(`${file} is there already. Replace it in the end?`, false)))
    return 0
  await goOnOrBegin(kept)
  const site = await tellingOfCtrlC(kept, () => converse({ask: asker(kept), kept, declared, flags}))
  if (site === undefined) {
    sayKept(kept)
    return 1
  }
  const draft = draftOf(site, declared, file)
  if (flags.print) {
    printDraft(draft)
    return 0
  }
  await writeDraft(draft, flags)
  await kept.clear()
  return offerNext(file, flags)
}

async function goOnOrBegin(kept: KeptAnswers): Promise<void> {
  if (kept.count === 0) return say('Enter takes what stands in brackets. Ctrl-C loses nothing.', '')
  say(`${shortPath(kept.file)} has ${kept.count} answers of an earlier time, without secrets.`)
  if (!(await askYes('Go on from there? No: begin anew.', true))) await kept.clear()
}
