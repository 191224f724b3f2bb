import type {Declared} from '../../argument-spec/read-options.ts'
import type {Values} from '../../module.ts'
import {isMap} from '../../value.ts'
import {askInput, type Interview} from '../../wizard/interview.ts'
import {mailProblem} from '../../wizard/mail.ts'
import type {KeptAnswers} from './kept-answers.ts'
import {say} from './say.ts'

/** Tries the mail server that was named, from here; when it does not let us in, people decide what to do about it. */
export async function withTestedMail(
  said: Values,
  interview: Interview,
  {kept, declared}: {readonly kept: KeptAnswers; readonly declared: Declared},
): Promise<Values> {
  const {chatwoot_smtp: smtp, ...others} = said
  if (!isMap(smtp)) return said
  say(`Connecting to ${smtp.address} ...`)
  const problem = await mailProblem(smtp)
  if (problem === undefined) say(smtp.username === undefined ? 'It answers.' : 'It lets us in.')
  if (problem === undefined) return said
  say(`That mail server does not work: ${problem}`)
  kept.forget('mail')
  const decision = await interview.ask({key: 'mail', message: 'What now?', kind: 'choice', choices, fallback: 'again'})
  if (decision === 'keep') return said
  if (decision === 'without') return others
  kept.forget('chatwoot_smtp')
  const value = await askInput('chatwoot_smtp', declared.options.chatwoot_smtp ?? {}, others, interview)
  return value === undefined ? others : withTestedMail({...others, chatwoot_smtp: value}, interview, {kept, declared})
}

const choices = [
  {value: 'again', name: 'answer the questions about mail anew'},
  {value: 'keep', name: 'keep it: the host may reach it, even if this machine does not'},
  {value: 'without', name: 'leave mail out for now'},
]

/** What comes of connecting to the mail server that the inputs name; nothing where they name none. */
export async function mailLines({chatwoot_smtp: smtp}: Values): Promise<readonly string[]> {
  if (!isMap(smtp)) return []
  const problem = await mailProblem(smtp)
  return [
    problem === undefined
      ? `The mail server ${smtp.address} answers.`
      : `The mail server ${smtp.address} does not work: ${problem}`,
  ]
}
