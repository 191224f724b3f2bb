/** A host as the tools are told of it. */
export type Place = {
  readonly name: string
  readonly address: string
  readonly port: number
  /** Its public keys, as known_hosts has them after the name. */
  readonly keys: readonly string[]
}

/** What every tool is given: a folder with the playbook, the inventory and known_hosts, and the hosts that it is for. */
export type Scene = {
  /** Absolute. */
  readonly folder: string
  readonly places: readonly Place[]
  readonly user: string
  readonly keyFile: string
}
