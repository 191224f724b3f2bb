import {closing, type Token} from './tokens.ts'

/** Methods that minijinja lacks or that would lose the order of keys: they become filters. */
const methods: {readonly [method: string]: string} = {
  items: 'items',
  keys: 'keys',
  values: 'values',
  get: 'get',
  format: 'format_map',
  encode: 'string',
  decode: 'string',
  index: 'index_of',
  rsplit: 'rsplit',
  partition: 'partition',
  swapcase: 'swapcase',
  zfill: 'zfill',
  ljust: 'ljust',
  rjust: 'rjust',
  center: 'center',
  replace: 'replace',
}

const takeAnyNames = new Set(['lookup', 'query', 'q', 'dict'])

/** Named arguments come as a last map; a mark tells it from a map that was given as such. */
export function markCalls(tokens: readonly Token[], pieces: string[]): void {
  tokens.forEach((token, index) => {
    if (token.kind !== 'name' || tokens[index + 1]?.text !== '(') return
    const isFunction = tokens[index - 1]?.text !== '.' && tokens[index - 1]?.text !== '|'
    if (isFunction ? !takeAnyNames.has(token.text) : token.text !== 'format') return
    const close = closing(tokens, index + 1)
    const before = tokens[close - 1]?.text
    const comma = before === '(' || before === ',' ? '' : ', '
    if (close < tokens.length) pieces[close] = `${comma}__named=true${pieces[close]}`
  })
}

/** A method that the engine lacks becomes a filter. */
export function rewriteMethods(tokens: readonly Token[], pieces: string[]): void {
  tokens.forEach((token, index) => {
    const name = methods[tokens[index + 1]?.text ?? '']
    if (token.text !== '.' || tokens[index + 2]?.text !== '(' || name === undefined) return
    const start = primaryStart(tokens, index - 1)
    const end = closing(tokens, index + 2)
    pieces[start] = `(${pieces[start]}`
    pieces[index] = '|'
    pieces[index + 1] = name
    pieces[end] = `${pieces[end]})`
  })
}

/** Where the value begins that a method at `index + 1` is called on. */
function primaryStart(tokens: readonly Token[], index: number): number {
  let at = index
  for (;;) {
    if ([')', ']', '}'].includes(tokens[at]?.text ?? '')) at = opening(tokens, at)
    const callee = ['(', '['].includes(tokens[at]?.text ?? '') && isValue(tokens[at - 1])
    if (callee) at -= 1
    else if (tokens[at - 1]?.text === '.') at -= 2
    else return Math.max(0, at)
  }
}

function isValue(token: Token | undefined): boolean {
  if (token === undefined || ['and', 'or', 'not', 'in', 'is', 'if', 'else'].includes(token.text)) return false
  return token.kind === 'name' || token.kind === 'string' || token.text === ')' || token.text === ']'
}

function opening(tokens: readonly Token[], close: number): number {
  for (let at = close; at >= 0; at--) if (closing(tokens, at) === close) return at
  return 0
}

/** Puts the pieces back where the tokens stood, with the space and the line breaks that were between them. */
