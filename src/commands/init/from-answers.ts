import {existsSync} from 'node:fs'
import type {Declared} from '../../argument-spec/read-options.ts'
import type {ExitCode} from '../../engine/events.ts'
import {TaskError, UsageError} from '../../errors.ts'
import {foundLines} from '../../wizard/found-lines.ts'
import type {Site} from '../../wizard/site.ts'
import {domainLines} from './domain-lines.ts'
import type {InitFlags} from './flags.ts'
import {mailLines} from './mail-question.ts'
import {meetHost} from './meet-host.ts'
import {laterLines} from './next.ts'
import {whyNot} from './preflight.ts'
import {readAnswers} from './read-answers.ts'
import {say} from './say.ts'
import {draftOf, printDraft, writeDraft} from './write-site.ts'

/** Does without questions what the wizard does: reads the answers, looks at the host, and writes. Throws ConfigError and UnreachableError. */
export async function fromAnswers(
  answers: string,
  file: string,
  declared: Declared,
  flags: InitFlags,
): Promise<ExitCode> {
  const site = await readAnswers(answers, declared)
  if (!flags.print) {
    if (existsSync(file)) throw new UsageError(`${file} is there already`, 'Name another file, or move it away.')
    await check(site, declared, flags)
  }
  const draft = draftOf(site, declared, file)
  if (flags.print) printDraft(draft)
  else {
    await writeDraft(draft, flags)
    say(...laterLines(file))
  }
  return 0
}

/** Looks at the host and at what the inputs name. Throws TaskError when a run would be refused there. */
async function check(site: Site, declared: Declared, flags: InitFlags): Promise<void> {
  const {name, way, inputs} = site
  const nobody = {isKeyRight: () => Promise.resolve(false), becomePassword: () => Promise.resolve(undefined)}
  const {found} = await meetHost({name, way}, flags, nobody)
  say(...foundLines(name, found))
  const [refusals, domain, mail] = await Promise.all([
    whyNot(found, {...way, ...inputs}, declared),
    domainLines(String(inputs.chatwoot_domain), String(way.ansible_host)),
    mailLines(inputs),
  ])
  if (refusals.length > 0) throw new TaskError({message: `a run would refuse ${name}:\n${refusals.join('\n')}`})
  say(...domain, ...mail)
}
