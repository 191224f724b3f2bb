import type {Problem} from '../errors.ts'
import {didYouMean} from '../nearest.ts'
import type {Mismatch} from './mismatch.ts'

/** What is wrong with a value, what was expected and the nearest right word; a secret's value is not said. */
export function mismatchInWords(
  {kind, path, value, option, among}: Mismatch,
  secret: boolean,
): Omit<Problem, 'source'> {
  const name = path
    .map((step, index) => (typeof step === 'number' ? `[${step}]` : index > 0 ? `.${step}` : step))
    .join('')
  const key = String(path.at(-1))
  if (kind === 'missing') return {message: `the input "${name}" is missing`, expected: expectedOf(option)}
  if (kind === 'unknown') {
    const suggestion = didYouMean(key, Object.keys(among))
    const message = `"${path.slice(0, -1).join('.')}" takes no "${key}"`
    return {message, expected: Object.keys(among).join(', '), ...(suggestion && {suggestion})}
  }
  const shown = secret ? 'what it is' : JSON.stringify(value)
  const suggestion =
    kind === 'choice' && !secret ? didYouMean(String(value), option.choices?.map(String) ?? []) : undefined
  return {
    message: `the input "${name}" cannot be ${shown}`,
    expected: expectedOf(option),
    ...(suggestion && {suggestion}),
  }
}

const kinds: {readonly [type: string]: string} = {
  int: 'a whole number',
  float: 'a number',
  bool: 'true or false',
  list: 'a list',
  dict: 'a map',
}

function expectedOf({type = 'str', choices, matches, example}: Mismatch['option']): string {
  if (choices) return choices.join(', ')
  if (matches) return example === undefined ? `text that matches ${matches}` : `such as ${example}`
  return kinds[type] ?? 'text'
}
