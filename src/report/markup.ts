import {printable} from './style.ts'

/** Text of an XML or HTML document in which everything that came from elsewhere is escaped. */
export type Markup = {readonly markup: string}

/** What may stand in a document: markup as it is, lists of it one after another, anything else as text. */
export type Part = Markup | readonly Markup[] | string | number

/** Makes markup of a template; what is filled in is escaped, unless it is markup itself. Good for XML and HTML alike. */
export function markup(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  const text = strings.map((string, index) => string + (index < parts.length ? filled(parts[index] ?? '') : ''))
  return {markup: text.join('')}
}

function filled(part: Part): string {
  if (typeof part === 'string' || typeof part === 'number') return escaped(String(part))
  return 'markup' in part ? part.markup : part.map(one => one.markup).join('')
}

const entities: {readonly [letter: string]: string} = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** No letter has a meaning for a parser; what XML forbids even when it is escaped is shown as U+FFFD. */
function escaped(text: string): string {
  return printable(text)
    .replace(/[\p{Cs}\uFFFE\uFFFF]/gu, '\uFFFD')
    .replace(/[&<>"']/g, letter => entities[letter] ?? letter)
}
