import {z} from 'zod'
import {TaskError} from '../errors.ts'
import {type Asked, hostModule} from '../module.ts'
import {sh} from '../shell/shell.ts'
import {count} from './arguments.ts'

const schema = z.strictObject({
  max: count.default(60).describe("Seconds that the host's clock may be ahead of the one here, or behind it."),
})

type Wanted = z.infer<typeof schema>

/** Seconds that the host's clock is ahead at the least, negative when it is behind; 0 where nothing says that it is wrong. */
type State = {readonly skew: number}

/** clock_skew: stops where a clock is wrong; a host that takes long to answer is not taken for one. */
export const clock_skew = hostModule<Wanted, State>({
  name: 'clock_skew',
  summary: "Stops where the host's clock and the one here differ by too much; changes nothing.",
  topic: 'system',
  example: {name: 'The clock is right', clock_skew: {max: 60}},
  schema,
  // The time is another each time: it is not to be compared with an earlier answer.
  slow: true,
  probe: () => sh`date +%s`,
  parse: (answer, _, asked) => ({skew: skewOf(Number(answer), asked)}),
  plan: ({skew}, {max}) => {
    if (Math.abs(skew) > max) throw wrong(skew, max)
    return []
  },
  apply: () => sh`true`,
  result: ({skew}) => ({skew}),
})

/** The host said its time, in whole seconds, at some moment after the question was sent and before the answer came. */
function skewOf(time: number, {sent, came}: Asked): number {
  return Math.max(0, time - Math.floor(came / 1000)) + Math.min(0, time - Math.floor(sent / 1000))
}

function wrong(skew: number, max: number): TaskError {
  return new TaskError({
    message: `The host's clock is ${Math.abs(skew)} seconds ${skew > 0 ? 'ahead of' : 'behind'} the one here, and ${max} are the most`,
    hint: 'See which of both is wrong, set it, and have systemd-timesyncd or chrony keep it: with a wrong clock, certificates and tokens are refused.',
  })
}
