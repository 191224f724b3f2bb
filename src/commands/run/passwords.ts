import {UsageError} from '../../errors.ts'

/** Asks for the become password on the terminal, without showing it. Throws UsageError where there is no terminal. */
export async function askBecomePassword(): Promise<string> {
  if (!process.stdin.isTTY)
    throw new UsageError('--ask-become-pass needs a terminal', 'set ansible_become_password in the inventory instead')
  // Loaded only when it is needed: it takes longer to load than a host to look at.
  const {default: inquirer} = await import('inquirer')
  const {password} = await inquirer.prompt<{password: string}>([
    {type: 'password', name: 'password', message: 'BECOME password:'},
  ])
  return password
}
