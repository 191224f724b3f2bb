import {type ImageSource, imageSources, type Release, releases} from '../sandbox/host-record.ts'
import type {SandboxHost} from '../sandbox/sandbox.ts'
import {Argument, type Command, Option} from './command-line.ts'

// Loaded only when it is needed: it takes longer to load than a playbook to check.
const load = () => import('../sandbox/sandbox.ts')

type UpFlags = {readonly release?: Release; readonly images?: ImageSource}

/** Adds the verb `sandbox` with up, down, list and shell: throwaway hosts on this machine. */
export function sandboxCommand(program: Command): void {
  const sandbox = program
    .command('sandbox')
    .description('make throwaway hosts on this machine')
    .addHelpText('after', '\nExample:\n  provision sandbox up web1 db1 --release bookworm')
  sandbox
    .command('up')
    .description('start hosts, making those that are new')
    .addArgument(new Argument('[names...]', 'names of the hosts').default(['chat1'], 'chat1'))
    .addOption(new Option('--release <release>', 'Debian release of new hosts (default: trixie)').choices(releases))
    .addOption(new Option('--images <source>', 'where Docker finds images (default: stand-in)').choices(imageSources))
    .action(up)
  sandbox
    .command('down')
    .description('remove hosts with their disks')
    .argument('[names...]', 'names of the hosts (default: all)')
    .action(down)
  sandbox.command('list').description('show the hosts').action(list)
  sandbox.command('shell').description('open a shell on a host').argument('<name>', 'name of the host').action(shell)
}

async function up(names: string[], flags: UpFlags): Promise<void> {
  const {sandboxUp} = await load()
  const hosts = await sandboxUp({names, release: flags.release, images: flags.images, say})
  for (const host of hosts) process.stdout.write(`${sshLine(host)}\n`)
}

async function down(names: string[]): Promise<void> {
  const {sandboxDown} = await load()
  await sandboxDown({...(names.length > 0 && {names}), say})
}

async function list(): Promise<void> {
  const {sandboxList} = await load()
  const hosts = await sandboxList()
  if (hosts.length === 0) say('There are no sandbox hosts; make one with: provision sandbox up')
  const width = Math.max(0, ...hosts.map(host => host.name.length))
  for (const host of hosts) process.stdout.write(`${listLine(host, width)}\n`)
}

async function shell(name: string): Promise<void> {
  const {sandboxShell} = await load()
  process.exitCode = await sandboxShell(name)
}

function listLine({name, address, release, images, running}: SandboxHost, width: number): string {
  return [name.padEnd(width), address.padEnd(12), release.padEnd(8), images.padEnd(8), running ? 'up' : 'down'].join(
    '  ',
  )
}

function sshLine({address, user, keyFile, knownHostsFile}: SandboxHost): string {
  return `ssh -i ${keyFile} -o UserKnownHostsFile=${knownHostsFile} ${user}@${address}`
}

function say(line: string): void {
  process.stderr.write(`${line}\n`)
}
