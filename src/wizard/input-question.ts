import {mismatchesOf} from '../argument-spec/mismatch.ts'
import {mismatchInWords} from '../argument-spec/mismatch-in-words.ts'
import {descriptionOf, isSecret, type Option} from '../argument-spec/option.ts'
import type {Value} from '../module.ts'
import {isList} from '../value.ts'
import {parseYamlValue} from '../yaml.ts'
import type {Offer, Question} from './question.ts'

/** One input, or one part of a map, with the path that people call it by. */
export type Asked = {readonly path: string; readonly option: Option}

/** The question for an input that is not asked part by part; `proposal` is what holds when nobody says anything. */
export function inputQuestion({path, option}: Asked, proposal: Value | undefined): Question {
  const question = {key: path, message: message({path, option})}
  if (isSecret(option)) return {...question, kind: 'secret'}
  const fallback = proposal === undefined ? '' : textOf(proposal)
  const offers = offersOf(option)
  if (offers && (option.required || proposal !== undefined))
    return {...question, kind: 'choice', choices: offers, fallback}
  if (offers) return {...question, kind: 'choice', choices: [nothing, ...offers], fallback: ''}
  return {...question, kind: 'text', fallback, isWrong: text => wrongWith({path, option}, text)}
}

/** The value that an answer stands for; undefined for an empty one, which leaves the input as it is. Throws Error. */
export function answeredValue({type = 'str'}: Option, text: string): Value | undefined {
  if (text.trim() === '') return undefined
  if (type === 'int' || type === 'float') return Number.isNaN(Number(text)) ? text : Number(text)
  if (type === 'bool')
    return /^(true|yes|on|y|t|1)$/i.test(text) || (/^(false|no|off|n|f|0)$/i.test(text) ? false : text)
  if (type === 'list') return listOf(text)
  return type === 'dict' ? parseYamlValue(text) : text
}

/** A value as it is typed: a list with commas, a map in one line. */
export function textOf(value: Value): string {
  if (isList(value)) return value.every(item => typeof item !== 'object') ? value.join(', ') : JSON.stringify(value)
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '')
}

const nothing: Offer = {value: '', name: 'leave it as it is'}

function offersOf({type, choices}: Option): readonly Offer[] | undefined {
  if (type === 'bool') return ['true', 'false'].map(value => ({value, name: value}))
  return choices?.map(choice => ({value: String(choice), name: String(choice)}))
}

function message({path, option}: Asked): string {
  const {example, type} = option
  const shown = example === undefined || typeof example === 'object' ? '' : ` Such as ${example}.`
  const form = type === 'list' ? ' Several with commas.' : type === 'dict' ? ' A map: {name: value}.' : ''
  return `${path}: ${descriptionOf(option)}${shown}${form}`
}

/** The same that a run would say of it. */
function wrongWith({path, option}: Asked, text: string): string | undefined {
  const [mismatch] = mismatchesOf({[path]: option}, {[path]: read(option, text) ?? null})
  if (!mismatch) return undefined
  const {message, expected} = mismatchInWords(mismatch, false)
  return expected ? `${message}; expected: ${expected}` : message
}

/** Text that is no YAML is no map either. */
function read(option: Option, text: string): Value | undefined {
  try {
    return answeredValue(option, text)
  } catch {
    return text
  }
}

function listOf(text: string): readonly Value[] {
  const items = text
    .replace(/^\[(.*)\]$/s, '$1')
    .split(',')
    .map(item => item.trim())
  return items.filter(item => item !== '').map(item => (/^\d+$/.test(item) ? Number(item) : item))
}
