import type {Source} from './errors.ts'
import type {Module, Value, Values} from './module.ts'

/** A role as its tasks see it. */
export type Role = {
  readonly name: string
  readonly path: string
  /** The names of the roles that needed or called it, the nearest first. */
  readonly parents: readonly string[]
  /** Weaker than everything else. */
  readonly defaults: Values
  readonly vars: Values
  /** Values given beside the role's name: stronger than what tasks find out. */
  readonly params: Values
}

/** A call of a role that is to be done once on a host; one that `repeats` is left out where something of an earlier one was done. */
export type RoleRun = {readonly key: string; readonly repeats: boolean}

/** What a loop goes over, and how. */
export type Loop = {
  readonly loop: Value | undefined
  /** The older form, where it is not a mere list. */
  readonly loopForm?:
    | 'together'
    | 'nested'
    | 'indexed_items'
    | 'subelements'
    | 'sequence'
    | 'fileglob'
    | 'first_found'
    | 'lines'
    | 'random_choice'
    | 'inventory_hostnames'
    | 'file'
    | 'env'
    | undefined
  readonly loopVar: string
  /** The name of a variable that counts the items from 0. */
  readonly indexVar?: string | undefined
  /** What people see instead of the item; may hold variables. */
  readonly loopLabel?: string | undefined
  /** Seconds between two items. */
  readonly loopPause?: number | undefined
  /** Whether tasks see the loop itself as ansible_loop. */
  readonly loopExtended?: boolean | undefined
}

/** A task's limit in seconds, and how often Ansible would ask for its end. */
export type Async = {readonly seconds: number; readonly poll: number}

/** A place within a text of a playbook. */
export type Within = {readonly text: string; readonly offset: number}

/** Keywords whose value holds variables: it is known when the task's turn comes. */
export type Undecided = {
  readonly become?: string
  readonly ignoreErrors?: string
  readonly noLog?: string
  readonly checkMode?: string
  readonly runOnce?: string
  readonly ignoreUnreachable?: string
  readonly diff?: string
}

/** A task as the playbook says it, before variables are put in. Keywords inherited from blocks and plays are merged in. */
export type Task = Loop & {
  readonly kind: 'task'
  readonly name: string | undefined
  readonly module: Module
  readonly args: Values
  readonly source: Source
  /** The place of one of the arguments, or of a keyword (`['when']`); of an offset in a text there, if one is given. */
  readonly locate: (path: readonly (string | number)[], within?: Within) => Source
  /** Jinja expressions, all of which must hold. */
  readonly when: readonly string[]
  readonly register: string | undefined
  readonly notify: readonly string[]
  readonly listen: readonly string[]
  readonly vars: Values
  /** Maps, or templates of such; later ones win. */
  readonly environment: readonly Value[]
  readonly tags: readonly string[]
  /** Until they are decided, what is careful stands for keywords with variables: it may become another user, and its output is hidden. */
  readonly undecided?: Undecided
  readonly become: boolean
  readonly becomeUser: string
  readonly ignoreErrors: boolean
  readonly noLog: boolean
  readonly checkMode: boolean | undefined
  readonly delegateTo: string | undefined
  /** What it finds are facts of the host that it is delegated to. */
  readonly delegateFacts?: boolean
  readonly changedWhen: readonly string[] | undefined
  readonly failedWhen: readonly string[] | undefined
  readonly until: readonly string[] | undefined
  readonly retries: number
  /** Seconds between two tries. */
  readonly delay: number
  /** Seconds; 0 means no limit. */
  readonly timeout: number
  /** It is a job on the host, with a limit; with a poll of 0 the next task does not wait for its end. */
  readonly async?: Async
  /** The role that it is a part of. */
  readonly role?: Role | undefined
  readonly roleRun?: RoleRun | undefined
  /** Done by the first host, its result given to all. */
  readonly runOnce?: boolean
  /** A failure ends the play for all hosts. */
  readonly anyErrorsFatal?: boolean
  /** Whether the host goes on when it cannot be reached for this task. */
  readonly ignoreUnreachable?: boolean
  /** Whether changes are shown in full; undefined: as the command line says. */
  readonly diff?: boolean | undefined
}

/** A block with a net: when a task of `block` fails, `rescue` runs; `always` runs in every case. */
export type Block = {
  readonly kind: 'block'
  readonly block: readonly Entry[]
  readonly rescue: readonly Entry[]
  readonly always: readonly Entry[]
}

/** What an include brings: tasks, the handlers of a role, and where it is `public`, its variables for all tasks after it. */
export type Included = {
  readonly entries: readonly Entry[]
  readonly handlers: readonly Task[]
  readonly open?: Pick<Role, 'defaults' | 'vars'>
}

/** include_tasks or include_role: loaded when the run gets there, so that its name may depend on variables and results. */
export type Include = {
  readonly kind: 'include'
  readonly word: 'include_tasks' | 'include_role'
  readonly name: string | undefined
  readonly loop?: Loop | undefined
  /** The file, or the role's name; may hold variables. */
  readonly file: string
  readonly source: Source
  readonly when: readonly string[]
  readonly vars: Values
  readonly tags: readonly string[]
  /** Whether what is included may become another user. */
  readonly become: boolean
  /** The role that it stands in. */
  readonly role?: Role | undefined
  /** Reads the file or role, with what is given to render its name; throws ConfigError, and what that throws. */
  readonly load: (render: (text: string) => string) => Promise<Included>
}

/** meta: something the engine itself does. */
export type Meta = {
  readonly kind: 'meta'
  readonly action:
    | 'flush_handlers'
    | 'end_play'
    | 'end_batch'
    | 'end_host'
    | 'clear_facts'
    | 'clear_host_errors'
    | 'reset_connection'
    | 'refresh_inventory'
    | 'noop'
  readonly source: Source
  readonly when: readonly string[]
  readonly tags: readonly string[]
}

/** What stands in a list of tasks. */
export type Entry = Task | Block | Include | Meta

/** A question of vars_prompt: for which variable, and how. */
export type Prompt = {
  readonly name: string
  readonly prompt: string
  /** null where there is none. */
  readonly default: Value
  /** Whether what is typed is not shown. */
  readonly isPrivate: boolean
  /** Whether it must be typed twice. */
  readonly confirm: boolean
  /** The variable gets this hash of the answer. */
  readonly encrypt: 'sha256' | 'sha512' | undefined
  readonly salt: string | undefined
  readonly saltSize: number | undefined
  /** Whether the answer is taken as it is, even if it looks like a template. */
  readonly unsafe: boolean
}

/** An item of vars_files that is read when its name is known: the first of these files that is there. */
export type VarsFile = {readonly names: readonly string[]; readonly source: Source}

/** A play: which hosts, and what on them. pre_tasks, roles, tasks and post_tasks are one list, with flushes between. */
export type Play = {
  readonly name: string
  readonly hosts: string
  readonly source: Source
  /** Where `hosts` is said. */
  readonly hostsSource: Source
  readonly gatherFacts: boolean
  readonly become: boolean
  readonly undecided?: Undecided
  readonly vars: Values
  /** What is asked before the run; in `vars`, the defaults stand for the answers. */
  readonly prompts?: readonly Prompt[]
  /** Files with variables in their names, and those after them, which win over them. */
  readonly varsFiles?: readonly VarsFile[]
  /** The roles that the play names, then those that its tasks import. */
  readonly roleNames?: readonly string[]
  /** How its hosts are reached where their variables do not say so: connection, remote_user and port, as variables. */
  readonly way?: Values
  /** In which order its hosts take their turns; that of the inventory without it. */
  readonly order?: 'reverse_inventory' | 'sorted' | 'reverse_sorted' | 'shuffle'
  /** What the roles of the play bring for all its tasks: defaults, which are weaker than everything else, and vars. */
  readonly roleDefaults?: Values
  readonly roleVars?: Values
  /** How many hosts go through the play together, turn by turn: numbers and percentages (`30%`), or until the play begins, templates of such. */
  readonly serial?: readonly (number | string)[]
  /** When more of the hosts of a turn fail, all stop; until the play begins, it may be a template. */
  readonly maxFailPercentage?: number | string | undefined
  readonly anyErrorsFatal?: boolean
  /** Hosts that go at their own pace wait for each other nowhere: nothing runs once, and no failure is for all. */
  readonly strategy?: 'free'
  /** Notified handlers run on a host that failed, too. */
  readonly forceHandlers?: boolean
  readonly ignoreUnreachable?: boolean
  readonly diff?: boolean | undefined
  readonly entries: readonly Entry[]
  readonly handlers: readonly Task[]
}

/** A host of the inventory with all variables that inventory and group files give it, not yet rendered. */
export type Host = {
  readonly name: string
  readonly groups: readonly string[]
  readonly vars: Values
  /** Where an inventory names it first. */
  readonly source?: Source
}

/** All hosts, and which host is in which group. */
export type Inventory = {
  readonly hosts: readonly Host[]
  readonly groups: {readonly [group: string]: readonly string[]}
  /** A host that no inventory names, as `localhost` or an address that a task is delegated to. */
  readonly outsider?: (name: string) => Host
}
