import type {Problem, Source} from '../errors.ts'
import type {Module, Value, Values} from '../module.ts'
import type {Role, RoleRun, Task, Undecided} from '../play.ts'
import type {YamlEntry, YamlNode} from '../yaml.ts'

/** What goes along while a playbook is read: problems are gathered and told all at once. */
export type Loading = {
  readonly modules: ReadonlyMap<string, Module>
  readonly problems: Problem[]
  /** The folder of the playbook that was named first. */
  readonly playbookFolder: string
  /** The files that are being read, the first one outermost. */
  readonly files: readonly string[]
  /** What the roles of the play bring. */
  readonly brought: Brought
}

/** What roles bring into a play: gathered while its parts are read. */
export type Brought = {
  readonly handlers: Task[]
  /** The roles that the play names, and those that its tasks import. */
  readonly names: string[]
  readonly imported: string[]
  /** Later roles win. */
  defaults: Values
  vars: Values
  /** The calls that are not to be done again, and whether something of them is surely done. */
  readonly done: Map<string, boolean>
}

/** Nothing brought yet. */
export function nothingBrought(): Brought {
  return {handlers: [], names: [], imported: [], defaults: {}, vars: {}, done: new Map()}
}

/** Arguments for all tasks with a module, by its name, or by `group/NAME`. */
export type ModuleDefaults = ReadonlyMap<string, {readonly args: Values; readonly places: Fields}>

/** What tasks inherit from the plays, blocks and imports around them. */
export type Inherited = {
  readonly become: boolean
  readonly becomeUser: string
  readonly environment: readonly Value[]
  readonly undecided: Undecided
  readonly vars: Values
  readonly tags: readonly string[]
  readonly when: readonly string[]
  readonly ignoreErrors: boolean
  readonly noLog: boolean
  readonly checkMode: boolean | undefined
  readonly delegateTo: string | undefined
  readonly delegateFacts: boolean
  readonly timeout: number
  readonly role: Role | undefined
  readonly roleRun: RoleRun | undefined
  readonly runOnce: boolean
  readonly anyErrorsFatal: boolean
  readonly ignoreUnreachable: boolean
  readonly diff: boolean | undefined
  readonly moduleDefaults: ModuleDefaults
}

/** What a play begins with. */
export const nothingInherited: Inherited = {
  become: false,
  becomeUser: 'root',
  environment: [],
  undecided: {},
  vars: {},
  tags: [],
  when: [],
  ignoreErrors: false,
  noLog: false,
  checkMode: undefined,
  delegateTo: undefined,
  delegateFacts: false,
  timeout: 0,
  role: undefined,
  roleRun: undefined,
  runOnce: false,
  anyErrorsFatal: false,
  ignoreUnreachable: false,
  diff: undefined,
  moduleDefaults: new Map(),
}

/** Notes a problem; what is undefined is left out. */
export function report(
  loading: Loading,
  source: Source,
  message: string,
  more: {expected?: string | undefined; suggestion?: string | undefined} = {},
): void {
  const {expected, suggestion} = more
  loading.problems.push({source, message, ...(expected && {expected}), ...(suggestion && {suggestion})})
}

/** The entries of a map by key. */
export type Fields = ReadonlyMap<string, YamlEntry>

/** Names what stands in a file, for messages. */
export function describe(node: YamlNode): string {
  if (node.kind === 'list') return 'a list'
  if (node.kind === 'map') return 'a map'
  if (node.value === null) return 'nothing'
  return typeof node.value === 'string' ? `the text "${shortened(node.value)}"` : String(node.value)
}

function shortened(text: string): string {
  const line = text.split('\n')[0] ?? ''
  return line.length > 40 || line !== text ? `${line.slice(0, 40)}...` : line
}
