const width = 110

/** Rows of words, their columns aligned and the last one wrapped to what is left of 110 letters. */
export function columns(rows: readonly (readonly string[])[], indent = ''): string {
  const count = Math.max(0, ...rows.map(row => row.length))
  const widths = Array.from({length: count - 1}, (_, column) =>
    Math.max(0, ...rows.map(row => row[column]?.length ?? 0)),
  )
  const left = indent.length + widths.reduce((sum, one) => sum + one + 2, 0)
  return rows
    .map(row => {
      const head = widths.map((one, column) => (row[column] ?? '').padEnd(one + 2)).join('')
      return wrapped(row[count - 1] ?? '', width - left)
        .map((line, index) => `${index === 0 ? indent + head : ' '.repeat(left)}${line}`.trimEnd())
        .join('\n')
    })
    .join('\n')
}

/** Text in lines of at most so many letters; a longer word has a line of its own. */
function wrapped(text: string, letters: number): readonly string[] {
  const lines: string[] = ['']
  for (const word of text.split(/\s+/)) {
    const line = lines.at(-1) ?? ''
    if (line === '') lines[lines.length - 1] = word
    else if (line.length + 1 + word.length <= letters) lines[lines.length - 1] = `${line} ${word}`
    else lines.push(word)
  }
  return lines
}
