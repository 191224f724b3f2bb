import {randomInt} from 'node:crypto'

const classes: {readonly [name: string]: string} = {
  ascii_lowercase: 'abcdefghijklmnopqrstuvwxyz',
  ascii_uppercase: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  ascii_letters: 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ',
  digits: '0123456789',
  hexdigits: '0123456789abcdefABCDEF',
  octdigits: '01234567',
  punctuation: '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~',
}

/**
 * Makes text of so many letters of these kinds: names of classes as in Python (digits, ascii_letters, ...), or the letters
 * themselves. Begins with a letter where there are letters: some readers of env files take a value that begins with a digit for
 * a number. Has something of each kind where there is room for it: what asks for a password often asks for that.
 */
export function randomText(length: number, words: readonly string[]): string {
  const kinds = words.map(word => classes[word] ?? word)
  const letters = [...new Set(kinds.join(''))].join('')
  const first = letters.replace(/[^A-Za-z]/g, '') || letters
  for (;;) {
    const value = Array.from({length}, (_, index) => pick(index === 0 ? first : letters)).join('')
    if (length <= kinds.length || kinds.every(kind => [...kind].some(letter => value.includes(letter)))) return value
  }
}

function pick(letters: string): string {
  return letters[randomInt(letters.length)] ?? ''
}
