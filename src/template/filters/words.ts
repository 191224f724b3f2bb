import type {Value} from '../../module.ts'
import {isList} from '../../value.ts'
import {number, text} from '../arguments.ts'
import {type Filters, filter} from '../filter.ts'
import {isTrue} from '../printing.ts'

/** Jinja's filters of words that the engine lacks or means otherwise, and methods of Python's text. */
export const words: Filters = {
  title: filter([], value =>
    text(value, 'title').replace(/[^-\s({[<]+/g, word => word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase()),
  ),
  replace: filter(['old', 'new', 'count'], (value, old, fresh, count) =>
    replaced(text(value, 'replace'), text(old, 'replace'), text(fresh, 'replace'), count),
  ),
  truncate: filter(
    ['length', 'killwords', 'end', 'leeway'],
    (value, length = 255, kill = false, end = '...', leeway = 5) => {
      const [whole, tail, limit] = [text(value, 'truncate'), text(end, 'truncate'), number(length, 'truncate')]
      if (whole.length <= limit + number(leeway, 'truncate')) return whole
      const cut = whole.slice(0, limit - tail.length)
      return (isTrue(kill) ? cut : cut.replace(/ [^ ]*$/, '')) + tail
    },
  ),
  wordcount: filter([], value => (text(value, 'wordcount').match(/[\p{L}\p{N}_]+/gu) ?? []).length),
  wordwrap: filter(['width', 'break_long_words', 'wrapstring'], (value, width = 79, _, mark = '\n') =>
    text(value, 'wordwrap')
      .split('\n')
      .map(line => wrapped(line, number(width, 'wordwrap')).join(text(mark, 'wordwrap')))
      .join(text(mark, 'wordwrap')),
  ),
  e: filter([], value => escaped(value)),
  escape: filter([], value => escaped(value)),
  ...methods(),
}

function methods(): Filters {
  return {
    rsplit: filter(['separator', 'most'], (value, separator, most) =>
      splitFromRight(text(value, 'rsplit'), text(separator ?? ' ', 'rsplit'), Number(most ?? -1)),
    ),
    partition: filter(['separator'], (value, separator) => {
      const [whole, mark] = [text(value, 'partition'), text(separator, 'partition')]
      const at = whole.indexOf(mark)
      return at < 0 ? [whole, '', ''] : [whole.slice(0, at), mark, whole.slice(at + mark.length)]
    }),
    index_of: filter(['item'], (value, item = null) => indexOf(value, item)),
    swapcase: filter([], value =>
      text(value, 'swapcase').replace(/\p{L}/gu, letter =>
        letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase(),
      ),
    ),
    zfill: filter(['width'], (value, width) => {
      const [, sign = '', digits = ''] = /^([-+]?)(.*)$/s.exec(text(value, 'zfill')) ?? []
      return sign + digits.padStart(number(width, 'zfill') - sign.length, '0')
    }),
    ljust: filter(['width', 'fill'], (value, width, fill = ' ') =>
      text(value, 'ljust').padEnd(number(width, 'ljust'), text(fill, 'ljust')),
    ),
    rjust: filter(['width', 'fill'], (value, width, fill = ' ') =>
      text(value, 'rjust').padStart(number(width, 'rjust'), text(fill, 'rjust')),
    ),
  }
}

function replaced(whole: string, old: string, fresh: string, count: Value | undefined): string {
  let left = count === undefined || count === null ? Number.POSITIVE_INFINITY : number(count, 'replace')
  return whole.replaceAll(old, found => (left-- > 0 ? fresh : found))
}

function wrapped(line: string, width: number): readonly string[] {
  const lines: string[] = ['']
  for (const word of line.split(/(?<=\s)(?=\S)/)) {
    const last = lines.at(-1) ?? ''
    if (last !== '' && (last + word).trimEnd().length > width) lines.push(word)
    else lines[lines.length - 1] = last + word
  }
  return lines.map(one => one.trimEnd())
}

function escaped(value: Value): string {
  const signs: {readonly [sign: string]: string} = {'&': '&amp;', '<': '&lt;', '>': '&gt;', "'": '&#39;', '"': '&#34;'}
  return text(value, 'escape').replace(/[&<>'"]/g, sign => signs[sign] ?? sign)
}

function splitFromRight(whole: string, separator: string, most: number): readonly string[] {
  const parts = whole.split(separator)
  if (most < 0 || parts.length <= most + 1) return parts
  const cut = parts.length - most
  return [parts.slice(0, cut).join(separator), ...parts.slice(cut)]
}

function indexOf(value: Value, item: Value): number {
  const at = isList(value)
    ? value.findIndex(one => JSON.stringify(one) === JSON.stringify(item))
    : text(value, 'index').indexOf(text(item, 'index'))
  if (at < 0) throw new Error(`index: there is no ${JSON.stringify(item)} in it`)
  return at
}
