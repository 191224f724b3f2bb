import type {Values} from '../module.ts'

/**
 * Splits `src=a dest="b c" rest` into pairs and the text that is left. With `known`, only those keys are taken out and the
 * rest of the text stays exactly as it is.
 */
export function splitKeyValues(
  text: string,
  known?: readonly string[],
): {readonly free: string; readonly pairs: Values} {
  const pairs: Record<string, string> = {}
  const kept: string[] = []
  for (const word of wordsOf(text)) {
    const match = /^(\w+)=([\s\S]*)$/.exec(word.trim())
    const key = match?.[1] ?? ''
    if (match && (known === undefined || known.includes(key))) pairs[key] = unquoted(match[2] ?? '')
    else kept.push(word)
  }
  return {free: kept.join('').trim(), pairs}
}

/** Words with the space that follows them; quotes and braces hold a word together. */
function wordsOf(text: string): readonly string[] {
  return text.match(/(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}|[^\s])+\s*/g) ?? []
}

function unquoted(value: string): string {
  const quoted = /^(["'])([\s\S]*)\1$/.exec(value)
  return quoted?.[2] === undefined ? value : quoted[2].replaceAll(`\\${quoted[1]}`, quoted[1] ?? '')
}
