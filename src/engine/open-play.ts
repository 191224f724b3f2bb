import {ConfigError} from '../errors.ts'
import type {Value} from '../module.ts'
import type {Play} from '../play.ts'
import {renderValue} from '../template/template.ts'
import {TemplateError} from '../template/template-error.ts'
import type {Variables} from '../template/variables.ts'
import {hasTemplate} from '../value.ts'

/** The play with variables put into what it says of turns and of failures. Throws ConfigError. */
export function decidedPlay(play: Play, scope: Variables): Play {
  const {serial = [], maxFailPercentage: most} = play
  if (![...serial, most].some(isOpen)) return play
  const turns = serial.flatMap(one => (isOpen(one) ? turnsOf(one, play, scope) : [one]))
  if (!isOpen(most)) return {...play, serial: turns}
  return {...play, serial: turns, maxFailPercentage: percentageOf(most, play, scope)}
}

function isOpen(said: number | string | undefined): said is string {
  return typeof said === 'string' && hasTemplate(said)
}

function turnsOf(text: string, play: Play, scope: Variables): readonly (number | string)[] {
  return [rendered(text, 'serial', play, scope)].flat().map(one => {
    const said = String(one)
    if (/^\d+(\.\d+)?%$/.test(said)) return said
    if (/^-?\d+$/.test(said)) return Number(said)
    throw wrong(play, `serial takes numbers of hosts and percentages, and got ${JSON.stringify(one)} of ${text}`)
  })
}

function percentageOf(text: string, play: Play, scope: Variables): number {
  const value = rendered(text, 'max_fail_percentage', play, scope)
  const said = String(value).replace(/%$/, '')
  if (/^\d+(\.\d+)?$/.test(said)) return Number(said)
  throw wrong(play, `max_fail_percentage takes a number from 0, and got ${JSON.stringify(value)} of ${text}`)
}

function rendered(text: string, word: string, play: Play, scope: Variables): Value {
  try {
    return renderValue(text, scope)
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error
    throw wrong(play, `${word}: ${error.message}`)
  }
}

function wrong({source}: Play, message: string): ConfigError {
  return new ConfigError([{source, message}])
}
