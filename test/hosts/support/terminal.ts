import {spawn} from 'node:child_process'

/** What a program printed on its terminal, and how it ended. */
export type Typed = {readonly exit: number; readonly output: string}

/** Runs a command on a terminal of its own, and types an answer whenever a question is seen; without one it only waits for that. Bounded by `seconds`. */
export function onTerminal(
  command: readonly string[],
  options: {readonly cwd: string; readonly env: Readonly<Record<string, string>>},
  answers: readonly (readonly [question: string, answer?: string])[],
  seconds = 60,
): Promise<Typed> {
  const line = command.map(word => `'${word.replaceAll("'", `'\\''`)}'`).join(' ')
  const script = ['--quiet', '--return', '--echo', 'never', '--command', line, '/dev/null']
  const child = spawn('script', script, {...options, stdio: 'pipe', signal: AbortSignal.timeout(seconds * 1000)})
  const open = [...answers]
  let output = ''
  let seen = 0
  const answerNext = () => {
    const [question, answer] = open[0] ?? []
    const at = question === undefined ? -1 : output.indexOf(question, seen)
    if (question === undefined || at < 0) return
    seen = at + question.length
    open.shift()
    if (answer === undefined) answerNext()
    else child.stdin.write(`${answer}\r`)
  }
  child.stdout.setEncoding('utf8').on('data', chunk => {
    output += chunk
    answerNext()
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject).on('close', code => resolve({exit: code ?? -1, output}))
  })
}
