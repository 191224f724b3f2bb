import type {Play} from '../play.ts'

/** The hosts of the inventory's order in the order that the play wants. */
export function inOrder<Named extends {readonly name: string}>(
  hosts: readonly Named[],
  {order}: Play,
): readonly Named[] {
  const byName = () => hosts.toSorted((left, right) => (left.name < right.name ? -1 : 1))
  if (order === 'reverse_inventory') return hosts.toReversed()
  if (order === 'sorted') return byName()
  if (order === 'reverse_sorted') return byName().toReversed()
  if (order !== 'shuffle') return hosts
  const drawn = hosts.map(host => ({host, lot: Math.random()}))
  return drawn.toSorted((left, right) => left.lot - right.lot).map(({host}) => host)
}

/** Takes hosts in turns as `serial` says: numbers or percentages, the last of which goes on; all at once without it. */
export function inTurns<Host>(hosts: readonly Host[], {serial = []}: Play): readonly (readonly Host[])[] {
  const turns: (readonly Host[])[] = []
  for (let at = 0; at < hosts.length; ) {
    const size = sizeOf(serial[turns.length] ?? serial.at(-1) ?? 0, hosts.length)
    turns.push(hosts.slice(at, at + size))
    at += size
  }
  return turns
}

function sizeOf(said: number | string, all: number): number {
  const share = typeof said === 'string' ? /^(\d+(?:\.\d+)?)%$/.exec(said)?.[1] : undefined
  const size = share === undefined ? Number(said) : Math.max(1, Math.floor((Number(share) / 100) * all))
  return size > 0 ? size : all
}
