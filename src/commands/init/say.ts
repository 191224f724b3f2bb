/** Tells the people at the terminal something between questions. */
export function say(...lines: readonly string[]): void {
  for (const line of lines) process.stderr.write(`${line}\n`)
}
