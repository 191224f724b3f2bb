import {Cron, CronPattern} from 'croner'

/** The one door to croner, which reads cron expressions. */

/** What a cron expression of five fields means: which minutes, hours, days (from 1), months (from 1) and weekdays (0 is Sunday); undefined for all. */
export type CronFields = {
  readonly minutes?: readonly number[]
  readonly hours?: readonly number[]
  readonly days?: readonly number[]
  readonly months?: readonly number[]
  readonly weekdays?: readonly number[]
}

/** Reads a cron expression of five fields. Throws an Error that says what is wrong. */
export function cronFields(text: string): CronFields {
  const {minute, hour, day, month, dayOfWeek, starDOM, starDOW} = new CronPattern(text, undefined, {mode: '5-part'})
  return {
    ...some('minutes', minute, 0),
    ...some('hours', hour, 0),
    ...(!starDOM && some('days', day, 1)),
    ...some('months', month, 1),
    ...(!starDOW && some('weekdays', dayOfWeek, 0)),
  }
}

/** The next times at which a cron expression fires, in this machine's time zone; fewer when there are no more. */
export function nextTimes(text: string, number: number): readonly Date[] {
  return new Cron(text, {paused: true, mode: '5-part'}).nextRuns(number)
}

/** The numbers that are set in one of croner's tables; nothing when all are. */
function some(name: keyof CronFields, table: readonly number[], first: number): CronFields {
  const numbers = table.flatMap((isSet, index) => (isSet ? [index + first] : []))
  return numbers.length === table.length ? {} : {[name]: numbers}
}
