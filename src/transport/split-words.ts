/** Splits options as a POSIX shell splits words: quotes and backslashes hold what belongs together; nothing is expanded. */
export function splitWords(text: string): readonly string[] {
  return [...text.matchAll(/(?:[^\s"'\\]|\\.|"(?:[^"\\]|\\.)*"|'[^']*')+/gs)].map(([word]) => unquoted(word))
}

function unquoted(word: string): string {
  return word.replaceAll(/\\(.)|"((?:[^"\\]|\\.)*)"|'([^']*)'/gs, (_, escaped, double, single) => {
    if (escaped !== undefined) return escaped
    return single ?? String(double).replaceAll(/\\(["\\$`])/g, '$1')
  })
}
