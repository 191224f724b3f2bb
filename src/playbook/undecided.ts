import type {Undecided} from '../play.ts'
import {hasTemplate} from '../value.ts'
import {templateIn} from './fields.ts'
import type {Fields, Loading} from './loading.ts'

/** The keywords that may hold variables, by the words of playbooks. */
const undecidedWords = {
  become: 'become',
  ignore_errors: 'ignoreErrors',
  no_log: 'noLog',
  check_mode: 'checkMode',
  run_once: 'runOnce',
  ignore_unreachable: 'ignoreUnreachable',
  diff: 'diff',
} as const satisfies {readonly [word: string]: keyof Undecided}

/** Whether a keyword may hold variables, and does. */
export function isUndecided(word: string, fields: Fields): boolean {
  const node = fields.get(word)?.value
  const holds = node?.kind === 'scalar' && hasTemplate(node.value)
  return Object.hasOwn(undecidedWords, word) && holds
}

/** What stands for a keyword until it is decided: what is careful. */
export function untilDecided(word: string): boolean | undefined {
  if (['become', 'no_log', 'run_once'].includes(word)) return true
  return word === 'ignore_errors' || word === 'ignore_unreachable' ? false : undefined
}

/** What is undecided around and here; what is said here wins. */
export function withUndecided(outer: Undecided, fields: Fields, loading: Loading): Undecided {
  const all = new Map<string, string>(Object.entries(outer))
  for (const [word, key] of Object.entries(undecidedWords)) {
    const node = fields.get(word)?.value
    const text = node && templateIn(node, loading)
    if (node) all.delete(key)
    if (text !== undefined) all.set(key, text)
  }
  return Object.fromEntries(all)
}
