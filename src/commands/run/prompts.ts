import {UsageError} from '../../errors.ts'
import type {Value, Values} from '../../module.ts'
import type {Play, Prompt} from '../../play.ts'
import type {Mask} from '../../secrets/mask.ts'
import {shaCrypt} from '../../template/sha-crypt.ts'
import {askPeople} from '../ask.ts'

/** How often two answers may differ that must be the same. */
const tries = 3

/**
 * Asks what vars_prompt of the plays wants to know, each question once, and puts the answers into the plays' variables. What the command
 * line defines is not asked; where there is no terminal, the default is taken. Private answers are hidden by `mask` from then on.
 * Throws UsageError where there is neither a terminal nor a default.
 */
export async function withAnswers(plays: readonly Play[], extra: Values, mask: Mask): Promise<readonly Play[]> {
  const known = new Map<string, Value>()
  const answered: Play[] = []
  for (const play of plays) {
    const vars: Record<string, Value> = {}
    for (const prompt of (play.prompts ?? []).filter(({name}) => !Object.hasOwn(extra, name))) {
      const question = JSON.stringify(prompt)
      const answer = known.get(question) ?? (await answerTo(prompt, mask))
      known.set(question, answer)
      vars[prompt.name] = answer
    }
    answered.push({...play, vars: {...play.vars, ...vars}})
  }
  return answered
}

async function answerTo(prompt: Prompt, mask: Mask): Promise<Value> {
  const typed = process.stdin.isTTY ? await asked(prompt) : ''
  if (typed === '' && prompt.default === null && !process.stdin.isTTY)
    throw new UsageError(`the play asks for "${prompt.name}", and there is no terminal`, `add -e ${prompt.name}=VALUE`)
  const value = hashed(prompt, typed === '' ? (prompt.default ?? '') : typed)
  // A default stands in the playbook: it is no secret. From a hash a password can be guessed.
  if (prompt.isPrivate && typed !== '') for (const secret of [typed, String(value)]) mask.add(secret)
  return written(prompt, value)
}

function hashed({encrypt, salt, saltSize}: Prompt, value: Value): Value {
  return encrypt === undefined ? value : shaCrypt(String(value), encrypt, {salt, saltSize: saltSize ?? 8})
}

/** An unsafe answer is no template, even if it looks like one. */
function written({unsafe}: Prompt, value: Value): Value {
  return unsafe && typeof value === 'string' ? `{% raw %}${value}{% endraw %}` : value
}

async function asked(prompt: Prompt): Promise<string> {
  const {prompt: text, default: fallback, isPrivate, confirm} = prompt
  const message = fallback === null ? `${text}:` : `${text} [${String(fallback)}]:`
  const ask = (question: string) => askPeople(question, !isPrivate)
  if (!confirm) return ask(message)
  for (let left = tries; left > 0; left--) {
    const answer = await ask(message)
    if ((await ask(`confirm ${message}`)) === answer) return answer
    process.stderr.write('The two answers differ.\n')
  }
  throw new UsageError(`no two answers for "${prompt.name}" were the same in ${tries} tries`)
}
