import type {Problem, Source} from './errors.ts'

/** Says in plain words what is wrong with YAML at a place; `code` and `message` are the parser's. */
export function mistake(code: string, message: string, text: string, source: Source, offset: number): Problem {
  const line = text.split('\n')[source.line - 1] ?? ''
  const unquoted = /^(\s*(?:- )?\s*[^\s#'"][^'"]*?[:-]\s+)\{\{/.exec(line)
  if (unquoted) return unquotedBraces({...source, column: (unquoted[1]?.length ?? 0) + 1})
  if (code === 'DUPLICATE_KEY')
    return {source, message: `the key "${wordAt(text, offset)}" stands here twice`, expected: 'each key once'}
  if (message.startsWith('Flow ')) return {source, message: 'this bracket is never closed', expected: message.slice(-1)}
  if (/closing ["']quote/.test(message))
    return {source, message: 'this quote is never closed', expected: line[source.column - 1] ?? '"'}
  const known = words[/without - indicator/.test(message) ? 'BAD_INDENT' : code]
  return known ? {source, ...known} : {source, message: `this is not YAML: ${firstSentence(message)}`}
}

/** Where a mistake began, of which the parser noticed at an offset: the bracket or quote that is open, or the key. */
export function beginningOf(code: string, message: string, text: string, offset: number): number {
  const before = text.slice(0, offset)
  if (message.startsWith('Flow ')) return openBracket(before) ?? offset
  if (/closing ["']quote/.test(message)) return before.search(/(?<=[\s:,[{-])["'](?![\s\S]*[\s:,[{-]["'])/) || offset
  const isKey = code === 'DUPLICATE_KEY' || code === 'BAD_INDENT' || /without - indicator/.test(message)
  return isKey ? offset + text.slice(offset).search(/\S|$/) : offset
}

function openBracket(text: string): number | undefined {
  const open: number[] = []
  for (const {0: sign, index} of text.matchAll(/"[^"\n]*"|'[^'\n]*'|#.*|[[\]{}]/g)) {
    if (sign === '[' || sign === '{') open.push(index)
    else if (sign === ']' || sign === '}') open.pop()
  }
  return open.at(-1)
}

/** The commonest mistake in playbooks: YAML takes `{{ x }}` for a map. */
export function unquotedBraces(source: Source): Problem {
  const expected = 'the whole value in quotes: "{{ … }}"'
  return {source, message: 'a value that begins with {{ needs quotes', expected}
}

const words: {readonly [code: string]: {readonly message: string; readonly expected?: string}} = {
  TAB_AS_INDENT: {message: 'a tab is used to indent', expected: 'spaces'},
  BAD_INDENT: {
    message: 'this line is not indented like the lines that it belongs to',
    expected: 'the same number of spaces',
  },
  MULTILINE_IMPLICIT_KEY: {message: 'a colon is missing after a key', expected: 'key: value'},
  UNEXPECTED_TOKEN: {
    message: 'this does not fit what stands before it',
    expected: 'another indent, or quotes around a whole value',
  },
  MISSING_CHAR: {message: 'a quote, bracket or colon is missing here'},
  BLOCK_AS_IMPLICIT_KEY: {
    message: 'a second "key: value" stands on one line',
    expected: 'quotes around a value with a colon',
  },
  BAD_ALIAS: {message: 'a value that begins with * or & needs quotes'},
  BAD_SCALAR_START: {message: 'a value that begins with this sign needs quotes', expected: 'quotes around the value'},
  BAD_DQ_ESCAPE: {
    message: 'there is no such escape within double quotes',
    expected: 'single quotes, or two backslashes',
  },
  MULTIPLE_DOCS: {message: 'the file holds more than one document', expected: 'one document'},
}

function wordAt(text: string, offset: number): string {
  return /^["']?([^"':\n]+)/.exec(text.slice(offset))?.[1]?.trim() ?? ''
}

function firstSentence(message: string): string {
  return message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? message
}
