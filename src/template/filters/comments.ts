import type {Value, Values} from '../../module.ts'
import {text} from '../arguments.ts'
import type {Filters} from '../filter.ts'
import {filter} from '../filter.ts'

const styles: {readonly [style: string]: Values} = {
  plain: {decoration: '# '},
  erlang: {decoration: '% '},
  c: {decoration: '// '},
  cblock: {beginning: '/*', decoration: ' * ', end: ' */'},
  xml: {beginning: '<!--', decoration: ' - ', end: '-->'},
}

const parameters = [
  'style',
  'decoration',
  'beginning',
  'prefix',
  'prefix_count',
  'postfix',
  'postfix_count',
  'end',
  'newline',
]

/** The filter that makes a comment of text, in the way of many languages. */
export const comments: Filters = {
  comment: filter(parameters, (value, style = 'plain', ...given) => {
    const known = styles[text(style, 'comment')]
    if (!known) throw new Error(`comment: "${style}" is none of ${Object.keys(styles).join(', ')}`)
    const entries = parameters.slice(1).map((name, index) => [name, given[index]] as const)
    return comment(text(value, 'comment'), {
      ...known,
      ...Object.fromEntries(entries.filter(([, item]) => item !== undefined)),
    })
  }),
}

function comment(source: string, given: {readonly [name: string]: Value | undefined}): string {
  const of = (name: string, fallback = '') => text(given[name] ?? fallback, 'comment')
  const [newline, decoration] = [of('newline', '\n'), of('decoration')]
  const bare = decoration.trimEnd()
  const prefix = of('prefix', bare)
  const lines = source
    .split(newline)
    .map((line, index, all) => (line === '' && index < all.length - 1 ? bare : decoration + line))
  return [
    of('beginning') === '' ? '' : of('beginning') + newline,
    prefix === '' ? '' : (prefix === newline ? newline : prefix + newline).repeat(Number(given.prefix_count ?? 1)),
    lines.join(newline),
    (newline + of('postfix', bare)).repeat(Number(given.postfix_count ?? 1)),
    of('end') === '' ? '' : newline + of('end'),
  ].join('')
}
