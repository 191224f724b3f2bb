import {UsageError} from '../../errors.ts'
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

/** Asks for a secret on the terminal, without showing it. */
export async function askSecret(message: string): Promise<string> {
  // Loaded only when it is needed: it takes longer to load than a host to look at.
  const {default: inquirer} = await import('inquirer')
  const {secret} = await inquirer.prompt<{secret: string}>([{type: 'password', name: 'secret', message}])
  return secret
}

/** Asks the people at the terminal; with `echo`, what they type is shown. */
export async function askPeople(message: string, echo: boolean): Promise<string> {
  const {default: inquirer} = await import('inquirer')
  const type = echo ? 'input' : 'password'
  const {answer} = await inquirer.prompt<{answer: string}>([{type, name: 'answer', message}])
  return answer
}

function mustBeTerminal(flag: string, variable: string): void {
  if (process.stdin.isTTY) return
  throw new UsageError(`${flag} needs a terminal`, `set ${variable} in the inventory instead`)
}
