import {UsageError} from '../../errors.ts'
import {askSecret} from '../ask.ts'
import type {RunFlags} from './flags.ts'

/** The passwords that were asked for. */
export type Passwords = {readonly password: string | undefined; readonly becomePassword: string | undefined}

/** Asks for the passwords that the command line wants asked. Throws UsageError where there is no terminal. */
export async function askPasswords({askPass, askBecomePass}: RunFlags): Promise<Passwords> {
  if (askPass) mustBeTerminal('--ask-pass', 'ansible_password')
  if (askBecomePass) mustBeTerminal('--ask-become-pass', 'ansible_become_password')
  const password = askPass ? await askSecret('SSH password:') : undefined
  const again = password === undefined ? '' : ' (empty: the SSH password)'
  const becomePassword = askBecomePass ? (await askSecret(`BECOME password${again}:`)) || password : undefined
  return {password, becomePassword}
}

function mustBeTerminal(flag: string, variable: string): void {
  if (process.stdin.isTTY) return
  throw new UsageError(`${flag} needs a terminal`, `set ${variable} in the inventory instead`)
}
