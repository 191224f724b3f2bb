import {openPorts} from '../../hosts/support/look.ts'

/** Looks again and again which of the ports accept a connection while something is done, and gives all that ever did. */
export async function portsSeenDuring(
  machine: {readonly address: string},
  ports: readonly number[],
  act: () => Promise<unknown>,
): Promise<readonly number[]> {
  const seen = new Set<number>()
  let done = false
  const looking = (async () => {
    while (!done) for (const port of await openPorts(machine, ports)) seen.add(port)
  })()
  try {
    await act()
  } finally {
    done = true
    await looking
  }
  return [...seen].toSorted((one, other) => one - other)
}
