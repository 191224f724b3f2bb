import {TaskError} from '../errors.ts'
import {quote} from '../shell/shell.ts'
import {isList, isMap} from '../value.ts'
import type {ContainerOptions} from './container-fields.ts'
import {option, type Setting} from './container-setting.ts'

type Healthcheck = NonNullable<ContainerOptions['healthcheck']>

/** How it is seen whether a container is well. */
export const healthcheck: Setting = {
  name: 'healthcheck',
  kind: 'set',
  wanted: ({healthcheck}) => healthcheck && wantedTexts(healthcheck),
  seen: ({Config}) => {
    const {Test = null, ...times} = isMap(Config.Healthcheck) ? Config.Healthcheck : {}
    const test = testOf(isList(Test) ? Test.map(String) : [])
    return [`Test=${test ?? 'NONE'}`, ...Object.entries(times).map(([name, time]) => `${name}=${String(time)}`)]
  },
  flags: ({healthcheck}) => (healthcheck ? flagsOf(healthcheck) : []),
}

function wantedTexts({test, interval, timeout, start_period, retries}: Healthcheck): readonly string[] {
  const times = {
    Interval: nanoseconds(interval),
    Timeout: nanoseconds(timeout),
    StartPeriod: nanoseconds(start_period),
    Retries: retries,
  }
  const set = Object.entries(times).filter(([, time]) => time !== undefined)
  return [`Test=${commandOf(test) ?? 'NONE'}`, ...set.map(([name, time]) => `${name}=${time}`)]
}

function flagsOf({test, interval, timeout, start_period, retries}: Healthcheck): readonly string[] {
  const command = commandOf(test)
  if (command === undefined) return ['--no-healthcheck']
  return [
    ...option('--health-cmd', command),
    ...option('--health-interval', interval),
    ...option('--health-timeout', timeout),
    ...option('--health-start-period', start_period),
    ...option('--health-retries', retries),
  ]
}

function commandOf(test: Healthcheck['test']): string | undefined {
  return testOf(typeof test === 'string' ? (test === 'NONE' ? ['NONE'] : ['CMD-SHELL', test]) : (test ?? []))
}

/** The line for the shell of the container; docker's command line knows no other way. */
function testOf([kind, ...words]: readonly string[]): string | undefined {
  if (kind === undefined || kind === 'NONE') return undefined
  if (kind === 'CMD') return words.map(quote).join(' ')
  return kind === 'CMD-SHELL' ? words.join(' ') : [kind, ...words].join(' ')
}

const units: {readonly [unit: string]: number} = {us: 1e3, ms: 1e6, s: 1e9, m: 60e9, h: 3600e9}

function nanoseconds(duration: string | undefined): number | undefined {
  if (duration === undefined) return undefined
  if (!/^(?:\d+(?:us|ms|s|m|h))+$/.test(duration))
    throw new TaskError({message: `Not a time such as 30s or 1m30s: ${duration}`})
  const parts = [...duration.matchAll(/(\d+)(us|ms|s|m|h)/g)]
  return parts.reduce((sum, [, digits, unit = 's']) => sum + Number(digits) * (units[unit] ?? 0), 0)
}
