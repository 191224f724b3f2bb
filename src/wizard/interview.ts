import {isSecret, type Option, type Options} from '../argument-spec/option.ts'
import type {Value, Values} from '../module.ts'
import {answeredValue, inputQuestion, textOf} from './input-question.ts'
import type {Ask, Offer} from './question.ts'

/** How an interview goes: who answers, and what an input is when nobody says anything, from what was said before. */
export type Interview = {
  readonly ask: Ask
  readonly proposal: (name: string, said: Values) => Value | undefined
}

/** Options under one heading. */
export type Topic = {readonly name: string; readonly options: Options}

/** Asks for the inputs that have no default. */
export function askRequired(options: Options, interview: Interview): Promise<Values> {
  const required = Object.entries(options).filter(([, {required}]) => required)
  return askEach(required, {}, interview)
}

/** Asks which topics shall be gone through, and goes through them; gives what was said before, too. */
export async function askTopics(topics: readonly Topic[], said: Values, interview: Interview): Promise<Values> {
  const open = topics.map(topic => ({...topic, options: openOnes(topic.options)}))
  const choices = open.filter(({options}) => Object.keys(options).length > 0).map(offerOf)
  const message = 'What else do you want to set? Everything has a default.'
  const chosen = listed(await interview.ask({key: 'topics', message, kind: 'several', choices}))
  let values = said
  for (const topic of open.filter(({name}) => chosen.includes(name)))
    values = await askTopic(topic.name, topic.options, values, interview)
  return values
}

/** Asks for one input; undefined when it stays as it is. */
export async function askInput(
  path: string,
  option: Option,
  said: Values,
  interview: Interview,
): Promise<Value | undefined> {
  const proposal = path.includes('.') ? option.default : interview.proposal(path, said)
  if (option.type === 'dict' && option.options) {
    const value = await askParts(path, option.options, interview)
    return JSON.stringify(value) === JSON.stringify(proposal) ? undefined : value
  }
  const text = await interview.ask(inputQuestion({path, option}, proposal))
  return proposal !== undefined && text === textOf(proposal) ? undefined : answeredValue(option, text)
}

/** What is asked of itself in the order of the file, and then the others that are wanted. */
async function askTopic(key: string, options: Options, said: Values, interview: Interview): Promise<Values> {
  const entries = Object.entries(options)
  const first = await askEach(
    entries.filter(([, {ask, required}]) => ask || required),
    said,
    interview,
  )
  const others = entries.filter(([, {ask, required}]) => !ask && !required)
  if (others.length === 0) return first
  const choices = others.map(([name, {description}]) => ({value: name, name, description: String(description ?? '')}))
  const message = `More of ${key.split('.').at(-1)}? Enter: no.`
  const wanted = listed(await interview.ask({key: `more.${key}`, message, kind: 'several', choices}))
  return askEach(
    others.filter(([name]) => wanted.includes(name.split('.').at(-1) ?? name)),
    first,
    interview,
  )
}

async function askEach(
  entries: readonly (readonly [string, Option])[],
  said: Values,
  interview: Interview,
  prefix = '',
): Promise<Values> {
  let values = said
  for (const [name, option] of entries) {
    if (!isAsked(option, values)) continue
    const value = await askInput(`${prefix}${name}`, option, values, interview)
    if (value !== undefined) values = {...values, [name]: value}
  }
  return values
}

/** A map is asked part by part; one without the part that is asked first is none. */
async function askParts(path: string, options: Options, interview: Interview): Promise<Value | undefined> {
  const inner: Interview = {
    ask: question => interview.ask({...question, key: within(path, question.key), message: named(path, question)}),
    proposal: name => options[name]?.default,
  }
  const [first] = Object.entries(options).filter(([, {ask, required}]) => ask || required)
  const begun = first ? await askEach([first], {}, inner) : {}
  if (first && begun[first[0]] === undefined) return undefined
  const {[first?.[0] ?? '']: _, ...rest} = options
  return askTopic('parts', rest, begun, inner)
}

function within(path: string, key: string): string {
  return key.startsWith('more.') ? `more.${path}` : `${path}.${key}`
}

function named(path: string, {key, message}: {readonly key: string; readonly message: string}): string {
  return key.startsWith('more.') ? `More of ${path}? Enter: no.` : `${path}.${message}`
}

/** Whether what an option depends on has one of the values that it wants. */
function isAsked({ask}: Option, said: Values): boolean {
  if (ask === undefined || ask === true) return true
  return Object.entries(ask).every(([name, values]) => values.includes(String(said[name] ?? '')))
}

/** What people may want to say: neither what was asked before, nor secrets that are made. */
function openOnes(options: Options): Options {
  return Object.fromEntries(Object.entries(options).filter(([, option]) => !option.required && !isSecret(option)))
}

function offerOf({name, options}: Topic): Offer {
  return {value: name, name, description: Object.keys(options).join(', ')}
}

function listed(answer: string): readonly string[] {
  return answer.split(',').filter(word => word !== '')
}
