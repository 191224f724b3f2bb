/** Where a host stands in a play. */
export type HostState = 'waiting' | 'running' | 'failed' | 'done'

/** A host and where it stands. */
export type HostPlace = {readonly host: string; readonly state: HostState}

/**
 * The hosts that are shown where only `room` rows are free: failed ones (in half of the room at most while others run),
 * then running, waiting and done ones; those of one state in the order of the inventory.
 */
export function visibleHosts(hosts: readonly HostPlace[], room: number): ReadonlySet<string> {
  if (hosts.length <= room) return new Set(hosts.map(({host}) => host))
  const of = (state: HostState) => hosts.filter(place => place.state === state)
  const failed = of('failed')
  const half = Math.ceil(room / 2)
  const order = [...failed.slice(0, half), ...of('running'), ...failed.slice(half), ...of('waiting'), ...of('done')]
  return new Set(order.slice(0, Math.max(0, room)).map(({host}) => host))
}

/** What is said of the hosts that are not shown: `and 37 more hosts, 30 done`, shorter where it would not fit; empty when all are shown. */
export function hiddenHosts(hosts: readonly HostPlace[], visible: ReadonlySet<string>, width: number): string {
  const hidden = hosts.filter(({host}) => !visible.has(host))
  if (hidden.length === 0) return ''
  const counts = (['running', 'failed', 'waiting', 'done'] as const).map(
    state => [hidden.filter(place => place.state === state).length, state] as const,
  )
  const told = counts.filter(([number]) => number > 0).map(([number, state]) => `, ${number} ${state}`)
  const text = `and ${hidden.length} more host${hidden.length === 1 ? '' : 's'}${told.join('')}`
  return text.length <= width ? text : `${hidden.length} more${told.join('')}`
}

/** The text cut to so many letters, its end replaced by an ellipsis. */
export function shorten(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`
}
