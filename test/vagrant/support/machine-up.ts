import {introduce, surroundingsUp} from './surroundings.ts'
import {clockIsSet, name, vagrant} from './virtual-machine.ts'

/** Brings the machine up, bare, keeps that as the snapshot `bare`, and takes the machine down after the tests. */
export default async function machineUp(): Promise<() => Promise<void>> {
  const time = await timed('names, registry and time are served', () => surroundingsUp(say))
  await timed(`${name} is up`, () => vagrant(['up', name]))
  await timed(`${name} knows its surroundings`, introduce)
  await timed(`the clock of ${name} is set`, clockIsSet)
  await timed('the snapshot `bare` is taken', () => vagrant(['snapshot', 'save', name, 'bare']))
  return async () => {
    time.close()
    await timed(`${name} is gone`, () => vagrant(['destroy', '--force', name], 120))
  }
}

async function timed<Result>(what: string, act: () => Promise<Result>): Promise<Result> {
  const began = Date.now()
  const result = await act()
  say(`${what} (${Math.round((Date.now() - began) / 1000)} s)`)
  return result
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
