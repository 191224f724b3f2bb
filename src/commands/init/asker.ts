import type {Ask, Question} from '../../wizard/question.ts'
import {askChoice, askSecret, askSeveral, askText, askYes} from '../ask.ts'
import type {KeptAnswers} from './kept-answers.ts'
import {say} from './say.ts'

/** Asks at the terminal, and keeps each answer; what was answered before is shown and not asked again. */
export function asker(kept: KeptAnswers): Ask {
  return async question => {
    const {key, kind, isWrong} = question
    const before = kept.get(key)
    if (before !== undefined && isWrong?.(before) === undefined) {
      say(`  ${key}: ${before === '' ? '-' : before}`)
      return before
    }
    const answer = await asked(question)
    if (kind !== 'secret') await kept.put(key, answer)
    return answer
  }
}

async function asked({message, kind, choices = [], fallback, isWrong}: Question): Promise<string> {
  if (kind === 'secret') return askSecret(message)
  if (kind === 'yes') return (await askYes(message, fallback === 'yes')) ? 'yes' : 'no'
  if (kind === 'choice') return askChoice({message, choices, fallback})
  if (kind === 'several') return (await askSeveral({message, choices})).join(',')
  return askText({message, fallback: fallback === '' ? undefined : fallback, isWrong})
}
