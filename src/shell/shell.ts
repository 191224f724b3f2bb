declare const shellBrand: unique symbol

/** A piece of POSIX sh made by the sh`` tag; a plain string is not a command. */
export type Shell = string & {readonly [shellBrand]: true}

/** What may stand in a sh`` template: strings and numbers are quoted, lists are quoted word by word, Shell is taken as it is. */
export type ShellValue = string | number | Shell | Raw | readonly string[]

/** Writes POSIX sh with every inserted value quoted for a POSIX shell (dash included). */
export function sh(strings: TemplateStringsArray, ...values: readonly ShellValue[]): Shell {
  return shell(strings.map((part, index) => part + (index < values.length ? insert(values[index] ?? '') : '')).join(''))
}

/** Puts commands one after another; a later one runs even if an earlier one failed. */
export function lines(...parts: readonly Shell[]): Shell {
  return shell(parts.join('\n'))
}

/** Puts commands one after another; the first that fails ends the row with its exit code. */
export function allOf(...parts: readonly Shell[]): Shell {
  return shell(parts.map(part => `{ ${part}\n}`).join(' && '))
}

/** Inserts a Shell made elsewhere without quoting it again. */
export function raw(text: Shell): Raw {
  return new Raw(text)
}

/** Takes text that a person wrote as shell (the argument of a shell task) for what it is. */
export function writtenByUser(text: string): Shell {
  return shell(text)
}

/** Stands in a word for the home of the user whom the shell runs as; no word that a person wrote has it in it. */
export const home = '\0home'

/** Quotes one word for POSIX sh. */
export function quote(word: string): string {
  // :? ends the shell when there is no home, rather than to mean the root folder.
  if (word.includes(home)) return word.split(home).map(quotePart).join(`"\${HOME:?}"`)
  return quotePart(word)
}

function quotePart(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}

class Raw {
  readonly text: Shell
  constructor(text: Shell) {
    this.text = text
  }
}

function insert(value: ShellValue): string {
  if (value instanceof Raw) return value.text
  if (typeof value === 'number') return String(value)
  if (typeof value === 'string') return quote(value)
  return value.map(quote).join(' ')
}

function shell(text: string): Shell {
  return text as Shell
}
