import {setTimeout as wait} from 'node:timers/promises'
import {z} from 'zod'
import {type Controller, controllerModule} from '../module.ts'
import {bool, count, text} from './arguments.ts'

const schema = z
  .strictObject({
    seconds: count.optional().describe('How long to wait.'),
    minutes: count.optional().describe('How long to wait.'),
    prompt: text.optional().describe('What to ask at the terminal; without a terminal nobody is asked.'),
    echo: bool.default(true).describe('Whether what is typed is shown.'),
  })
  .refine(({seconds, minutes}) => seconds === undefined || minutes === undefined, 'seconds or minutes, not both')

/** pause: waits for a time, or for somebody at the terminal. */
export const pause = controllerModule({
  name: 'pause',
  summary: 'Waits for a time, or for somebody at the terminal; once for all hosts.',
  topic: 'control',
  example: {name: 'Let the other side settle', pause: {seconds: 10}},
  schema,
  once: true,
  // What the hosts do meanwhile is what it waits for.
  barrier: true,
  async run({seconds, minutes, prompt, echo}, controller) {
    const asked = minutes === undefined ? seconds : minutes * 60
    const start = new Date()
    const answer = asked === undefined ? await ask(prompt, echo, controller) : await sleep(asked, controller)
    const stop = new Date()
    const delta = Math.floor((stop.getTime() - start.getTime()) / 1000)
    const length = minutes === undefined ? `${delta} seconds` : `${Math.round((delta / 60) * 100) / 100} minutes`
    const times = {start: written(start), stop: written(stop), delta}
    return {
      changed: false,
      ...(asked === undefined && !controller.ask ? {message: 'nobody is asked: this is no terminal'} : {}),
      result: {...times, echo, rc: 0, stderr: '', stdout: `Paused for ${length}`, user_input: answer},
    }
  },
})

async function sleep(seconds: number, {signal}: Controller): Promise<string> {
  await wait(seconds * 1000, undefined, {signal}).catch(() => {})
  return ''
}

async function ask(prompt: string | undefined, echo: boolean, controller: Controller): Promise<string> {
  return (await controller.ask?.(prompt ?? 'Press enter to continue', echo)) ?? ''
}

function written(date: Date): string {
  return date.toISOString().replace('T', ' ').replace('Z', '')
}
