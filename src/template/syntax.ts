import {didYouMean} from '../nearest.ts'
import {Dialect} from './dialect.ts'
import {EngineError, evaluateSource, isKnownWord, knownWords, renderSource} from './engine.ts'
import {explained} from './explain.ts'
import {functionNames} from './functions.ts'
import {localsOf, macrosOf} from './locals.ts'
import {lookupNames, unknownLookupOf} from './lookups/index.ts'
import {type Mention, mentions} from './mentions.ts'
import {unmatchedStatement} from './open-statements.ts'
import type {Scope} from './scope.ts'
import {isTemplate, type Segment, segments} from './segments.ts'
import {translateStatements} from './statements.ts'
import {positionOf, TemplateError} from './template-error.ts'
import {type Token, tokenize} from './tokens.ts'

/** Finds the mistakes in a text's templates without rendering it: grammar, and filters, tests and functions that do not exist. */
export function syntaxOfText(text: string): readonly TemplateError[] {
  if (!isTemplate(text)) return []
  const parts = segments(text)
  const open = parts.find(part => !part.closed)
  if (open)
    return [
      new TemplateError(`"${text.slice(open.start, open.start + 2)}" is never closed`, {
        ...positionOf(text, open.start),
        expected: closers[text[open.start + 1] ?? ''],
      }),
    ]
  const wrong = parts.flatMap(part =>
    part.kind === 'print' ? syntaxAt(part.body, part.bodyStart, text, macrosOf(parts)) : [],
  )
  return wrong.length > 0 ? wrong : statementsOf(text, parts)
}

const closers: {readonly [mark: string]: string} = {'{': '}}', '%': '%}', '#': '#}'}

/** Finds the mistakes in an expression without evaluating it. */
export function syntaxOfExpression(expression: string): readonly TemplateError[] {
  return syntaxAt(expression, 0, expression, [])
}

/** Says better what is wrong with an expression that could not be read; `offset` is its place in the text. */
export function grammarAt(expression: string, offset: number, text: string): TemplateError | undefined {
  return syntaxAt(expression, offset, text, [])[0]
}

/** The variables that a text's templates mention; names that the template binds itself do not count. */
export function variablesOfText(text: string): readonly Mention[] {
  const parts = segments(text)
  const locals = localsOf(parts)
  const code = parts.filter(part => part.kind === 'print' || part.kind === 'statement')
  return code
    .flatMap(part => mentions(tokenize(part.body, part.bodyStart)))
    .filter(mention => !locals.has(mention.root) && !statementWords.has(mention.root))
}

/** The variables that an expression mentions. */
export function variablesOfExpression(expression: string): readonly Mention[] {
  return mentions(tokenize(expression))
}

const statementWords = new Set(
  'raw endraw macro endmacro block endblock filter endfilter call endcall with endwith include import from extends as without context ignore missing do autoescape endautoescape break continue'.split(
    ' ',
  ),
)

/** Nothing is defined here: what is checked is never reached. */
const empty: Scope = {get: () => undefined, names: () => [], lookups: {folder: '', environment: {}, secret: () => {}}}

function syntaxAt(
  expression: string,
  offset: number,
  text: string,
  macros: readonly string[],
): readonly TemplateError[] {
  const foreign = foreignOperator(tokenize(expression, offset), text)
  if (foreign) return [foreign]
  const dialect = new Dialect(text, empty)
  const source = dialect.translate(expression, offset)
  try {
    evaluateSource({source: `false and (${source}\n)`, context: {}, functions: dialect.functions, order: dialect.order})
  } catch (error) {
    const told = explained(error, {text, offset, expression, functions: []})
    return told instanceof TemplateError ? [better(told, expression, offset, text)] : []
  }
  return unknownWords(tokenize(expression, offset), text, macros)
}

/** Asks again with the text as it was written, because that is where the caret is right. */
function better(told: TemplateError, expression: string, offset: number, text: string): TemplateError {
  const {order} = new Dialect(text, empty)
  try {
    evaluateSource({source: expression, context: {}, functions: {}, order})
  } catch (error) {
    if (!(error instanceof EngineError) || !error.column || !error.line) return told
    const before = expression
      .split('\n')
      .slice(0, error.line - 1)
      .join('\n')
    const start = error.line === 1 ? 0 : before.length + 1
    const at = offset + start + error.column - 1
    if (/^=[^=]/.test(text.slice(at)))
      return new TemplateError('"=" does not compare', {...positionOf(text, at), suggestion: 'Did you mean "=="?'})
    return new TemplateError(error.message.replace(/^syntax error: /, ''), positionOf(text, at))
  }
  return told
}

function statementsOf(text: string, parts: readonly Segment[]): readonly TemplateError[] {
  if (!parts.some(part => part.kind === 'statement')) return []
  const unmatched = unmatchedStatement(text, parts)
  if (unmatched) return [unmatched]
  const dialect = new Dialect(text, empty, localsOf(parts))
  try {
    const source = `{% if false %}${translateStatements(parts, dialect)}{% endif %}`
    renderSource({source, context: {}, functions: dialect.functions, order: dialect.order})
    return []
  } catch (error) {
    const told = explained(error, {text, functions: []})
    return told instanceof TemplateError ? [withColumn(told, text, parts)] : []
  }
}

/** The engine knows the line of a statement, but not where in our line it stands. */
function withColumn(error: TemplateError, text: string, parts: readonly Segment[]): TemplateError {
  if (error.column !== undefined) return error
  const onLine = parts.find(part => part.kind !== 'text' && positionOf(text, part.start).line === error.line)
  return onLine ? new TemplateError(error.message, positionOf(text, onLine.start)) : error
}

/** Operators of other languages, with Jinja's word for each. */
const foreign: {readonly [operator: string]: string} = {'&&': 'and', '||': 'or', '!': 'not', '=>': '>=', '=<': '<='}

function foreignOperator(tokens: readonly Token[], text: string): TemplateError | undefined {
  for (const [index, token] of tokens.entries()) {
    const next = tokens[index + 1]
    const double = next?.start === token.end ? token.text + next.text : ''
    const operator = [double, token.text].find(word => Object.hasOwn(foreign, word))
    if (operator === undefined) continue
    const details = {...positionOf(text, token.start), suggestion: `Did you mean "${foreign[operator]}"?`}
    return new TemplateError(`there is no operator "${operator}"`, details)
  }
  return undefined
}

function unknownWords(tokens: readonly Token[], text: string, macros: readonly string[]): readonly TemplateError[] {
  return tokens.flatMap((token, index) => {
    const found = wordAt(tokens, index)
    if (!found || token.kind !== 'name' || macros.includes(found.word)) return []
    const known = found.kind === 'function' ? functionNames.includes(found.word) : isKnownWord(found.kind, found.word)
    if (known) return found.kind === 'function' ? unknownLookup(tokens, index, text) : []
    const candidates = found.kind === 'function' ? functionNames : knownWords[found.kind]
    const details = {...positionOf(text, token.start), suggestion: didYouMean(found.word, candidates)}
    return [new TemplateError(`there is no ${found.kind} "${found.word}"`, details)]
  })
}

/** `lookup('name', …)` with a name that is written out. */
function unknownLookup(tokens: readonly Token[], index: number, text: string): readonly TemplateError[] {
  const name = tokens[index + 2]
  if (!['lookup', 'query', 'q'].includes(tokens[index]?.text ?? '') || name?.kind !== 'string') return []
  const wrong = unknownLookupOf(name.value)
  if (!wrong) return []
  const details = {...positionOf(text, name.start + 1), suggestion: wrong.suggestion}
  return [new TemplateError(wrong.message, {...details, expected: `one of ${lookupNames.join(', ')}`})]
}

type Word = {readonly kind: 'filter' | 'test' | 'function'; readonly word: string}

/** What a name is when it is no variable. */
function wordAt(tokens: readonly Token[], index: number): Word | undefined {
  const before = tokens[index - 1]?.text
  const negated = before === 'not' && tokens[index - 2]?.text === 'is'
  const text = tokens[index]?.text ?? ''
  if (before === '|') return {kind: 'filter', word: lastPart(tokens, index)}
  if ((before === 'is' && text !== 'not') || negated) return {kind: 'test', word: lastPart(tokens, index)}
  const called = tokens[index + 1]?.text === '(' && before !== '.' && !operators.has(text)
  return called ? {kind: 'function', word: text} : undefined
}

const operators = new Set(['and', 'or', 'not', 'in', 'is', 'if', 'else'])

function lastPart(tokens: readonly Token[], index: number): string {
  let at = index
  while (tokens[at + 1]?.text === '.' && tokens[at + 2]?.kind === 'name') at += 2
  return tokens[at]?.text ?? ''
}
