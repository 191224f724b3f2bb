import type {Problem, Source} from './errors.ts'

/** Says in plain words what is wrong with YAML at a place; `code` and `message` are the parser's. */
export function mistake(code: string, message: string, text: string, source: Source, offset: number): Problem {
  const line = text.split('\n')[source.line - 1] ?? ''
  const unquoted = /^(\s*(?:- )?\s*[^\s#'"][^'"]*?[:-]\s+)\{\{/.exec(line)
  if (unquoted) return unquotedBraces({...source, column: (unquoted[1]?.length ?? 0) + 1})
  if (code === 'DUPLICATE_KEY') return {source, message: `the key "${wordAt(text, offset)}" stands here twice`}
  const known = words[code]
  return known ? {source, ...known} : {source, message: `this is not YAML: ${firstSentence(message)}`}
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
