import type {Shell} from '../shell/shell.ts'

/** Where a host is and how to get in; what the ansible_* connection variables say. */
export type Target = {
  readonly host: string
  readonly connection: 'ssh' | 'local'
  readonly address: string
  readonly port: number
  readonly user: string
  readonly keyFile?: string
  readonly password?: string
  readonly becomePassword?: string
  readonly knownHostsFile?: string
  /** ansible_become: tasks become root even where the playbook does not say so. */
  readonly become: boolean
  readonly hostKeys: HostKeyPolicy
  /** Seconds. */
  readonly connectTimeout: number
}

/** strict: only known keys; accept-new: an unknown key is written down, a changed one refused; off: any key. */
export type HostKeyPolicy = 'strict' | 'accept-new' | 'off'

/** One sh on the host, kept open: scripts in, lines out. */
export type RemoteShell = {
  /**
   * Runs a script: one round trip. Lines come in while it runs, bytes as latin1 characters, so that nothing is lost.
   * Throws LinkLost when the connection ends before the script did.
   */
  run(script: Shell, onLine: (line: string) => void): Promise<void>
}

/** An open connection to a host. */
export type Connection = {
  /** Opens a shell of the login user, or of root (by sudo where the login user is not root). */
  shell(privilege: 'login' | 'root'): Promise<RemoteShell>
  close(): Promise<void>
}

/** Opens connections. Throws UnreachableError with what to do. */
export type Transport = {connect(target: Target): Promise<Connection>}

/** The link ended while something ran; what it did on the host is unknown. */
export class LinkLost extends Error {
  override readonly name = 'LinkLost'
}
