import {type Markup, markup, type Part} from '../markup.ts'
import {styleSheet} from './style-sheet.ts'

/** A whole page. Its policy lets a browser load nothing, whatever stands in the text. */
export function document(title: string, body: readonly Markup[]): string {
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<link rel="icon" href="data:,">
<title>${title}</title>
<style>${{markup: styleSheet}}</style>
</head>
<body>
<main>
${body}</main>
</body>
</html>
`.markup
}

/** A part of the page with its heading; nothing where there is nothing to show. */
export function section(title: string, parts: readonly Markup[]): readonly Markup[] {
  if (parts.length === 0) return []
  return [
    markup`<section>
<h2>${title}</h2>
${parts}</section>
`,
  ]
}

/** A table that scrolls by itself where it is wider than the screen; the first cell of a row is its header. */
export function table(caption: string, heads: readonly string[], rows: readonly (readonly Part[])[]): Markup {
  const head = heads.map(name => markup`<th scope="col">${name}</th>`)
  const body = rows.map(([first = '', ...cells]) => {
    const row = cells.map(cell => markup`<td>${cell}</td>`)
    return markup`<tr><th scope="row">${first}</th>${row}</tr>
`
  })
  return markup`<div class="wide" role="region" aria-label="${caption}" tabindex="0">
<table>
<caption>${caption}</caption>
<thead><tr>${head}</tr></thead>
<tbody>
${body}</tbody>
</table>
</div>
`
}

/** A state in its color; the word says it, too. */
export function badge(state: string): Markup {
  return markup`<span class="state ${state}">${state}</span>`
}

/** Something that is folded away below its title. */
export function folded(title: Part, parts: readonly Markup[], isOpen = false): Markup {
  const open = {markup: isOpen ? ' open' : ''}
  return markup`<details${open}>
<summary>${title}</summary>
${parts}</details>
`
}
