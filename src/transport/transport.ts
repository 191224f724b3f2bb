import type {Shell} from '../shell/shell.ts'

/** One SSH server on the way to a host, or the host itself: where it is, who it must prove to be, and how to get in. */
export type Hop = {
  /** The host of the inventory that all this is for. */
  readonly host: string
  /** How people call this server, where it is not the host itself but a jump host on the way. */
  readonly jump?: string | undefined
  readonly address: string
  readonly port: number
  readonly user: string
  /** The private key that the inventory names; it must be there. */
  readonly keyFile?: string | undefined
  /** The private keys that OpenSSH's configuration names, tried where they are; OpenSSH's usual ones without it. */
  readonly identityFiles?: readonly string[] | undefined
  /** Only the keys named above, also of those that the agent has. */
  readonly identitiesOnly?: boolean | undefined
  /** The agent's socket; that of SSH_AUTH_SOCK without it, none at all if it is empty. */
  readonly agent?: string | undefined
  readonly password?: string | undefined
  /** Passphrases by key file. */
  readonly passphrases?: ReadonlyMap<string, string> | undefined
  /** New keys are written into the first one. */
  readonly knownHostsFiles?: readonly string[] | undefined
  /** The name that known_hosts has it under (HostKeyAlias), if that is not its address. */
  readonly hostKeyAlias?: string | undefined
  readonly hostKeys: HostKeyPolicy
  /** Seconds. */
  readonly connectTimeout: number
  /** A local command whose stdin and stdout are the way there. */
  readonly proxyCommand?: string | undefined
}

/** Where a host is and how to get in; what the ansible_* connection variables and OpenSSH's configuration say. */
export type Target = Hop & {
  readonly connection: 'ssh' | 'local'
  readonly becomePassword?: string
  /** ansible_become: tasks become root even where the playbook does not say so. */
  readonly become: boolean
  /** The SSH servers on the way, nearest first. */
  readonly jumps?: readonly Hop[]
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
  /** What it wrote to stderr, at most the last 2000 characters. */
  readonly stderr: string
}

/** An open connection to a host. */
export type Connection = {
  /** Opens a shell of the login user, or of root (by sudo where the login user is not root). */
  shell(privilege: 'login' | 'root'): Promise<RemoteShell>
  /** Streams bytes into a script on a channel of its own; gives what the script printed. Throws LinkLost. */
  send(privilege: 'login' | 'root', script: Shell, content: AsyncIterable<Uint8Array>): Promise<string>
  close(): Promise<void>
}

/** Opens connections. Throws UnreachableError with what to do. */
export type Transport = {connect(target: Target): Promise<Connection>}

/** The link ended while something ran; what it did on the host is unknown. */
export class LinkLost extends Error {
  override readonly name = 'LinkLost'
}
