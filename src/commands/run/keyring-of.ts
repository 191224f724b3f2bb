import {Keyring} from '../../secrets/keyring.ts'
import {askSecret} from '../ask.ts'

/** What opens sealed files, as the command line, the environment and the terminal give it. */
export function keyringOf({identity}: {readonly identity?: string | undefined}): Keyring {
  return new Keyring({
    identity,
    environment: process.env,
    ask: process.stdin.isTTY ? askSecret : undefined,
    say: line => void process.stderr.write(`${line}\n`),
  })
}
