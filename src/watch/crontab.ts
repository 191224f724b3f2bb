import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {text} from 'node:stream/consumers'
import {UsageError} from '../errors.ts'

/** Puts a line into this user's crontab in place of the one that ends with the same mark; without a line that one goes. True when anything changed. Throws UsageError. */
export async function replaceInCrontab(mark: string, line: string | undefined): Promise<boolean> {
  const before = await crontab(['-l'])
  const lines = before.split('\n').filter(one => one !== '')
  const after = [...lines.filter(one => !one.endsWith(mark)), ...(line === undefined ? [] : [line])]
  if (lines.join('\n') === after.join('\n')) return false
  await crontab(['-'], `${after.join('\n')}\n`)
  return true
}

/** Takes the line that ends with this mark out of this user's crontab; true when there was one. Where there is no crontab, or none for this user, there is nothing to take out. */
export async function removeFromCrontab(mark: string): Promise<boolean> {
  try {
    return await replaceInCrontab(mark, undefined)
  } catch (error) {
    if (error instanceof NoCrontab) return false
    throw error
  }
}

/** Nobody can put anything into a crontab here. */
class NoCrontab extends UsageError {}

/** What crontab prints; nothing where -l finds that there is none yet. Throws UsageError. */
async function crontab(words: readonly string[], input = ''): Promise<string> {
  const child = spawn('crontab', words, {
    stdio: 'pipe',
    signal: AbortSignal.timeout(30_000),
    env: {...process.env, LC_ALL: 'C'},
  })
  const ended = once(child, 'close')
  child.stdin.on('error', () => undefined).end(input)
  const [output, said, [code]] = await Promise.all([text(child.stdout), text(child.stderr), ended]).catch(() => {
    throw new NoCrontab(
      'nothing here starts looks: there is no systemd that runs units of this user, and no crontab',
      'Log in by ssh, not by su, or have root call: loginctl enable-linger. Or start provision drift by other means.',
    )
  })
  if (code === 0) return output
  // Whatever else keeps it from telling must not cost the lines of others.
  if (words[0] === '-l' && /no crontab for/.test(said)) return ''
  if (/not allowed/.test(said)) throw new NoCrontab(`crontab ${words.join(' ')} failed: ${said.trim()}`)
  throw new UsageError(`crontab ${words.join(' ')} failed: ${said.trim()}`)
}
