import type {Change} from '../../module.ts'
import {changeDiff} from '../changes.ts'
import {type Markup, markup} from '../markup.ts'
import {makeStyle} from '../style.ts'

/** Changes in full, one after another; removed and added lines are marked as such. */
export function changesMarkup(changes: readonly Change[]): readonly Markup[] {
  const lines = changes.flatMap(change => changeDiff(change, makeStyle(false)))
  return lines.length === 0
    ? []
    : [
        markup`<pre>${lines.map(lineMarkup)}</pre>
`,
      ]
}

function lineMarkup(line: string): Markup {
  if (/^(\+(?!\+\+ ))/.test(line))
    return markup`<ins>${line}</ins>
`
  if (/^(-(?!-- ))/.test(line))
    return markup`<del>${line}</del>
`
  return markup`${line}
`
}
