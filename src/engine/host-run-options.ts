import type {Controller, Values} from '../module.ts'
import type {Play} from '../play.ts'
import type {Variables} from '../template/variables.ts'
import type {Listener} from './events.ts'
import type {Planning} from './guard.ts'
import type {Link} from './link.ts'
import type {Peers} from './peers.ts'
import type {Places} from './prepare.ts'
import type {Growing} from './run.ts'
import type {Tally} from './tally.ts'

/** What a run on one host is given. */
export type HostRunOptions = Planning & {
  readonly host: string
  readonly address: string
  readonly play: Play
  /** The host's variables as the inventory is now. */
  readonly variables: () => Variables
  /** The names of its facts, which earlier plays and this one found. */
  readonly facts: Set<string>
  /** Forgets what earlier plays found. */
  readonly forget: (names: ReadonlySet<string>) => void
  /** Lets the hosts that failed so far be part of later plays again. */
  readonly forgive: () => void
  readonly inventory: Growing
  /** What include_vars brought in earlier plays. */
  readonly included: Values
  readonly link: Link
  readonly peers: Peers
  readonly privileges: Places['privileges']
  readonly elsewhere: Places['elsewhere']
  readonly ask: Controller['ask']
  readonly check: boolean
  readonly tally: Tally
  readonly emit: Listener
  readonly signal: AbortSignal
}
