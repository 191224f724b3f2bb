import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {packageRoot} from '../../../src/package-root.ts'
import {execute} from '../../hosts/support/command.ts'
import {until} from '../../hosts/support/until.ts'

/** The machine of the Vagrantfile that becomes a site. */
export const name = 'site1'

/** Where it is found, from outside. */
export const address = '192.168.56.11'

/** Runs vagrant in the project's folder, to its end; throws with what it said when it fails. Bounded by `seconds`. */
export async function vagrant(words: readonly string[], seconds = 900): Promise<string> {
  const ran = await execute('vagrant', [...words, '--no-tty'], {cwd: packageRoot, seconds})
  if (ran.exit !== 0) throw new Error(`vagrant ${words.join(' ')}: exit ${ran.exit}\n${ran.stdout}${ran.stderr}`)
  return ran.stdout
}

/** Runs a shell command as root on the machine by OpenSSH: not by anything of ours. Throws when it fails. */
export async function onMachine(command: string, input?: string): Promise<string> {
  const file = join(process.env.VAGRANT_DOTFILE_PATH ?? '', 'machines', name, 'ssh-config')
  const words = ['-F', file, '-o', 'ConnectTimeout=10', name, `sudo sh -c '${command.replaceAll("'", `'\\''`)}'`]
  const ran = await execute('ssh', words, {seconds: 180, ...(input === undefined ? {} : {input})})
  if (ran.exit !== 0) throw new Error(`${command}: exit ${ran.exit}\n${ran.stdout}${ran.stderr}`)
  return ran.stdout.trim()
}

/** Goes back to a snapshot; done when the machine's clock is right again. */
export async function restore(snapshot: string): Promise<void> {
  await vagrant(['snapshot', 'restore', '--no-provision', name, snapshot])
  await until(() => onMachine('true'), 60)
  await clockIsSet()
}

/** Waits until the machine's own daemon has set its clock, two minutes at most. */
export async function clockIsSet(): Promise<void> {
  await onMachine('rm -f /run/systemd/timesync/synchronized && systemctl restart systemd-timesyncd')
  await until(() => onMachine('test -e /run/systemd/timesync/synchronized'), 120)
}

/** The inventory that the project has for its virtual machines. */
export function inventory(): string {
  return readFileSync(join(packageRoot, 'inventory', 'vagrant.yml'), 'utf8')
}
