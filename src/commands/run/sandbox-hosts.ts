import type {Host} from '../../play.ts'
import type {SandboxHost} from '../../sandbox/sandbox.ts'

/** Starts the hosts with `ansible_connection: sandbox`, says what they are, and gives the way to each. */
export async function startSandbox(
  hosts: readonly Host[],
  images: 'stand-in' | 'hub' | undefined,
): Promise<ReadonlyMap<string, SandboxHost>> {
  const names = hosts.filter(host => host.vars.ansible_connection === 'sandbox').map(host => host.name)
  if (names.length === 0) return new Map()
  // Loaded only when it is needed: most runs never see a sandbox.
  const {sandboxUp} = await import('../../sandbox/sandbox.ts')
  const boxes = await sandboxUp({names, images, say})
  const standIns = boxes.filter(box => box.images === 'stand-in').map(box => box.name)
  if (standIns.length > 0)
    say(
      `Stand-ins: the images on ${standIns.join(', ')} are made from Debian's packages; they are not the real Chatwoot, PostgreSQL, Redis and nginx images.`,
    )
  return new Map(boxes.map(box => [box.name, box]))
}

function say(line: string): void {
  process.stderr.write(`${line}\n`)
}
