import {$} from 'zx'

const quiet = $({quiet: true, nothrow: true, stdio: ['ignore', 'pipe', 'pipe']})

/** Runs a bash command on this machine with every value quoted, and gives what it printed; throws an Error with the command, its exit code and the end of its stderr. */
export async function run(
  pieces: TemplateStringsArray,
  ...values: (string | number | readonly string[])[]
): Promise<string> {
  const child = quiet(pieces, ...values)
  const output = await child
  if (output.ok) return output.stdout.trimEnd()
  const said = output.stderr.trim().split('\n').slice(-15).join('\n')
  throw new Error(`${child.cmd}\nended with ${output.exitCode ?? output.signal}: ${said}`)
}

/** Runs a bash command on this machine with every value quoted, and tells whether it succeeded. */
export async function succeeds(
  pieces: TemplateStringsArray,
  ...values: (string | number | readonly string[])[]
): Promise<boolean> {
  return (await quiet(pieces, ...values)).ok
}
