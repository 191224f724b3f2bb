import {TaskError} from '../errors.ts'
import {splitWords} from '../shell/words.ts'

/** The words of a command that a task gives as a text or as a list. Throws TaskError when a quote is not closed. */
export function commandWords(command: string | readonly string[]): readonly string[] {
  const words = typeof command === 'string' ? splitWords(command) : command
  if (words === undefined) throw new TaskError({message: `A quote is not closed in: ${String(command)}`})
  return words
}
