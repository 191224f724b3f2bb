import type {Rotating} from '../../secrets/contents.ts'
import type {HostKeyPolicy} from '../../transport/transport.ts'
import type {VaultFlags} from './vault-passwords.ts'

/** The command line of a run, as commander reads it. */
export type RunFlags = VaultFlags & {
  readonly inventory: readonly string[]
  readonly limit?: string
  readonly tags?: readonly string[]
  readonly skipTags?: readonly string[]
  readonly check?: boolean
  readonly diff?: boolean
  readonly extraVars?: readonly string[]
  readonly become?: boolean
  readonly askPass?: boolean
  readonly askBecomePass?: boolean
  readonly user?: string
  readonly privateKey?: string
  readonly forks: number
  /** Seconds; undefined where nobody said. */
  readonly timeout?: number
  readonly listHosts?: boolean
  readonly listTasks?: boolean
  readonly syntaxCheck?: boolean
  readonly verbose: number
  /** undefined where nobody said. */
  readonly hostKeys?: HostKeyPolicy
  readonly output?: 'pretty' | 'plain' | 'json' | 'jsonl' | 'junit'
  readonly color?: boolean
  /** File of age identities that open sealed secrets. */
  readonly identity?: string | undefined
  /** A secret whose new value the run takes; only `secrets rotate` says so. */
  readonly rotating?: Rotating
  /** Secrets that hosts lack are made and kept although nothing is changed: a plan that is kept is made with them. */
  readonly keepsSecrets?: boolean
  readonly images?: 'stand-in' | 'hub'
}
