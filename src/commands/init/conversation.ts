import type {Declared} from '../../argument-spec/read-options.ts'
import {UnreachableError} from '../../errors.ts'
import {renderError} from '../../report/render-error.ts'
import {foundLines} from '../../wizard/found-lines.ts'
import {askRequired, askTopics, type Interview} from '../../wizard/interview.ts'
import {proposalIn, variablesFrom} from '../../wizard/proposals.ts'
import type {Ask} from '../../wizard/question.ts'
import type {Site} from '../../wizard/site.ts'
import type {Found} from '../../wizard/suitable.ts'
import {topicsWithOptions} from '../../wizard/topics.ts'
import {domainLines} from './domain-lines.ts'
import type {InitFlags} from './flags.ts'
import {askHost, type HostWay} from './host-questions.ts'
import type {KeptAnswers} from './kept-answers.ts'
import {withTestedMail} from './mail-question.ts'
import {meetHost, type People} from './meet-host.ts'
import {whyNot} from './preflight.ts'
import {say} from './say.ts'

/** Who answers, what is kept of that, and what is declared. */
export type Conversation = {
  readonly ask: Ask
  readonly kept: KeptAnswers
  readonly declared: Declared
  readonly flags: InitFlags
}

/** Asks for the host, looks at it, and asks for the inputs; undefined when the host will not do. Throws UnreachableError. */
export async function converse(conversation: Conversation): Promise<Site | undefined> {
  const {ask, declared} = conversation
  const {name, way, found} = await meet(conversation)
  say('', ...foundLines(name, found))
  if (!(await isGoodEnough(await whyNot(found, {}, declared), conversation))) return undefined
  const open = Object.fromEntries(Object.entries(way).filter(([variable]) => !/password/.test(variable)))
  const interview: Interview = {
    ask,
    proposal: (input, said) => proposalIn(variablesFrom(declared, found.facts, {...open, ...said}), input),
  }
  say('')
  const required = await askRequired(declared.options, interview)
  say(...(await domainLines(String(required.chatwoot_domain), String(way.ansible_host))), '')
  const said = await askTopics(topicsWithOptions(declared), required, interview)
  const inputs = await withTestedMail(said, interview, conversation)
  say(...(await whyNot(found, {...open, ...inputs}, declared)).map(one => `A run would refuse this: ${one}`))
  return {name, way, inputs}
}

/** Asks for the host until it can be reached, or until people give up. */
async function meet(conversation: Conversation): Promise<HostWay & {readonly found: Found}> {
  const {ask, kept, flags} = conversation
  for (;;) {
    const host = await askHost(ask)
    try {
      say(`Looking at ${host.name} ...`)
      return {...host, ...(await meetHost(host, flags, peopleAt(conversation)))}
    } catch (error) {
      if (!(error instanceof UnreachableError)) throw error
      say(renderError(error, {color: flags.color ?? false}))
      kept.forget('again')
      const again = await ask({key: 'again', message: 'Answer these questions anew?', kind: 'yes', fallback: 'yes'})
      if (again === 'no') throw error
      kept.forget('host')
    }
  }
}

function peopleAt({ask, kept}: Conversation): People {
  return {
    isKeyRight: async ({shown}) => {
      say(`The host shows the key ${shown}`)
      say("Compare it with the host's own; on its console: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub")
      kept.forget('trust')
      return (await ask({key: 'trust', message: 'Is that its key?', kind: 'yes', fallback: 'no'})) === 'yes'
    },
    becomePassword: refused => {
      say(refused.message)
      return ask({key: 'host.become_password', message: "sudo's password (it is sealed)", kind: 'secret'})
    },
  }
}

async function isGoodEnough(objections: readonly string[], {ask, kept}: Conversation): Promise<boolean> {
  if (objections.length === 0) return true
  say('A run would refuse this host as it is:', ...objections.map(one => `  ${one}`))
  // What is wrong may be something else than the last time.
  kept.forget('unsuitable')
  const message = 'Go on all the same (after you mend it, or with inputs that allow it)?'
  return (await ask({key: 'unsuitable', message, kind: 'yes', fallback: 'no'})) === 'yes'
}
