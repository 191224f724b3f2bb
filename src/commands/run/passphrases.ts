import {UsageError} from '../../errors.ts'
import {lockedKeys} from '../../transport/credentials.ts'
import type {KeyFile} from '../../transport/private-key.ts'
import type {Target} from '../../transport/transport.ts'
import {askSecret} from '../ask.ts'

/** How often a passphrase may be typed. */
const tries = 3

/**
 * Asks for the passphrase of each key that nothing else opens, once for all hosts, and writes it into `passphrases` by
 * the key's file. Where there is no terminal, nobody is asked. Throws UsageError after three wrong ones.
 */
export async function askPassphrases(targets: readonly Target[], passphrases: Map<string, string>): Promise<void> {
  if (!process.stdin.isTTY) return
  const hops = targets
    .filter(({connection}) => connection === 'ssh')
    .flatMap(target => [...(target.jumps ?? []), target])
  const keys = (await Promise.all(hops.map(lockedKeys))).flat()
  for (const [file, key] of new Map(keys.map(key => [key.file, key]))) passphrases.set(file, await ask(key))
}

async function ask({file, text}: KeyFile): Promise<string> {
  const {keyProblem} = await import('../../transport/client.ts')
  for (let left = tries; left > 0; left--) {
    const passphrase = await askSecret(`Passphrase of ${file}:`)
    const problem = await keyProblem(text, passphrase)
    if (problem === undefined) return passphrase
    process.stderr.write(`That does not open it: ${problem}\n`)
  }
  throw new UsageError(
    `no right passphrase for ${file} in ${tries} tries`,
    `load the key into ssh-agent: ssh-add ${file}`,
  )
}
