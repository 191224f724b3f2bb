import type {ZodType} from 'zod'
import {accepted} from './accepted.ts'
import type {Controller, Outcome, Output, VariableFiles} from './controller.ts'
import {homeAsTilde, naming} from './shell/home.ts'
import type {Shell} from './shell/shell.ts'
import type {Value, Values} from './value.ts'

export type {Addition, Controller, Outcome, Output, Remote, VariableFiles} from './controller.ts'
export type {Value, Values} from './value.ts'

/** One difference between a host and what is wanted. `before` and `after` are what people see in diffs. */
export type Change = {
  /** What differs, in a word or two: `mode`, `content`, `package nginx`. Tells changes of one task apart. */
  readonly what: string
  readonly before: Value
  readonly after: Value
  /** This change cannot be seen by probing again, although others of its task can (a restart beside `enabled`). */
  readonly unseen?: true
}

/** What makes a change true: a command, or a file that is put in place atomically. */
export type Step = Shell | Upload

/** A file of the controller that is too large to be held in memory: where it is, and what it is. */
export type LargeFile = {readonly file: string; readonly sha256: string; readonly size: number}

/** A file to be written: to a temporary file beside it, validated, then renamed. */
export type Upload = {
  readonly dest: string
  readonly content: string | Uint8Array | LargeFile
  /** Octal, as in '0644'. Without it an existing file keeps its mode, a new one gets 0644. */
  readonly mode?: string
  readonly owner?: string
  readonly group?: string
  /** Command with %s for the temporary file's path; a failure leaves the old file as it was. */
  readonly validate?: string
  /** Keep the old file beside the new one, its name ended by the time. */
  readonly backup?: boolean
}

/** Between which moments of this machine's clock a host gave an answer, in milliseconds since 1970. */
export type Asked = {readonly sent: number; readonly came: number}

/** Under which heading a module stands in the reference. */
export type Topic = 'control' | 'files' | 'packages' | 'services' | 'system' | 'docker' | 'outside' | 'chatwoot' | 'far'

/** What there is to say of a module besides its schema. */
type Described = {
  /** One sentence for the docs. */
  readonly summary: string
  readonly topic?: Topic
  /** A whole task that uses the module, as a playbook says it. */
  readonly example?: Values
  /** Other names of arguments. */
  readonly aliases?: {readonly [alias: string]: string}
  /** Arguments of Ansible's module that this one does not take, with what to do instead. */
  readonly refused?: {readonly [argument: string]: string}
}

/**
 * THE CONTRACT. A module is these five words, all pure: it says what to ask, how to read the answer, what differs and
 * what to run; it never talks to a host.
 */
export type ModuleSpec<Wanted, State> = Described & {
  /** The word that playbooks use. */
  readonly name: string
  /** A zod strict object; every field has .describe(). The only source of validation, docs and completion. */
  readonly schema: ZodType<Wanted>
  /** The argument that free text after the module's name goes to (`command: uptime`). */
  readonly freeForm?: string
  /** The probe takes seconds: it is asked again before applying only if something before it changed. */
  readonly slow?: boolean
  /** The change cannot be seen by probing again (a command ran). Check mode skips such tasks, as Ansible does. */
  readonly action?: boolean
  /** It runs what a person wrote: that was done, and may have changed the host, also when it failed. */
  readonly runs?: boolean
  /** What check mode says of an action whose arguments tell when it is to be done; it is left out with its result, or would change. */
  foresees?(wanted: Wanted): 'changed' | 'skipped'
  /** `src` names a file of the controller: the engine reads or renders it into `content`, or (`tree`) reads a folder into `tree`; of a `script`, the first word of `cmd` does. */
  readonly source?: 'file' | 'template' | 'tree' | 'script'
  /** A large file of `src` is not read into `content`: the module gets its place, size and hash as `content_file`. */
  readonly streams?: boolean
  /** Its result holds `ansible_facts`, which become variables. */
  readonly facts?: boolean
  /** Names of those of them that do not begin with ansible_, as far as the arguments tell (getent). */
  defines?(args: Values): readonly string[]
  /** Read-only, cheap POSIX sh, without Python. Its output is a function of the host's state alone: no times, no counters. */
  probe(wanted: Wanted): Shell
  /** Reads the probe's output (without trailing newlines); `asked` says when it was given. Absence is a state like any other. */
  parse(answer: string, wanted: Wanted, asked: Asked): State
  /** Compares only what the user set; an empty list means in order. Throws TaskError when what is wanted is impossible. */
  plan(state: State, wanted: Wanted): readonly Change[]
  /** Says what makes one change true; returns it, never runs it. */
  apply(change: Change, wanted: Wanted, state: State): Step
  /** What `register` gets beside changed, failed and diff. `output` is that of the last step that ran, if any. */
  result?(state: State, wanted: Wanted, output: Output | undefined): Values
  /** Whether what ran changed the host, for an action whose output tells (a wait or a question never does); by default it did. */
  changed?(output: Output, wanted: Wanted): boolean
  /** Does the same from where `provision` runs, a view from outside: for tasks with delegate_to: localhost. */
  outside?(wanted: Wanted, controller: Controller): Promise<Outcome>
  /**
   * Undoes a change that could lock people out; armed on the host before the change, cancelled over a new connection.
   * undefined when this change locks nobody out.
   */
  revert?(change: Change, wanted: Wanted, state: State): Shell | undefined
}

/** What a module makes of one task's arguments on one host: what to ask, and how to plan from the answer. */
export type Bound = {
  readonly probe: Shell
  /** What check mode says of it; undefined: nothing, as it is left out, or what the look finds. */
  readonly foreseen: 'changed' | 'skipped' | undefined
  look(answer: string, asked: Asked): Plan
}

/** What one look at a host says about one task. */
export type Plan = {
  readonly changes: readonly Change[]
  /** One step for each change, in the same order. */
  readonly steps: readonly Step[]
  /** One for each change that can be undone by a timer on the host. */
  readonly reverts: readonly Shell[]
  result(output: Output | undefined): Values
  /** Whether the steps changed the host, now that they ran. */
  changed(output: Output): boolean
}

/** A module that works on hosts, its types closed over. */
export type HostModule = Described & {
  readonly kind: 'host'
  readonly name: string
  readonly schema: ZodType
  readonly freeForm: string | undefined
  readonly slow: boolean
  readonly action: boolean
  /** Also when it failed, it may have changed the host: it ran what a person wrote. */
  readonly runs: boolean
  readonly source: 'file' | 'template' | 'tree' | 'script' | undefined
  readonly streams: boolean
  readonly facts: boolean
  /** Whether its steps may turn out to have changed nothing. */
  readonly tells: boolean
  /** Whether check mode may say that it would be done, although it only acts. */
  readonly foresees: boolean
  /** The same word for tasks that are delegated to localhost. */
  readonly outside: ControllerModule | undefined
  defines(args: Values): readonly string[]
  /** Throws TaskError when the arguments are wrong. */
  bind(args: Values): Bound
}

/** A module that runs where `provision` runs, because it needs what only the controller has: variables, a view from outside. */
export type ControllerModuleSpec<Wanted> = Described & {
  readonly name: string
  readonly schema: ZodType<Wanted>
  readonly freeForm?: string
  /** Done once for all hosts of a turn, as with run_once. */
  readonly once?: boolean
  /** What comes after it is looked at only when it is done. */
  readonly barrier?: boolean
  /** It adds to the inventory: later plays may name hosts and groups that are not there yet. */
  readonly grows?: boolean
  /** The files that it reads here lie in vars/. */
  readonly source?: 'vars'
  /** Names of the variables that the outcome will bring; undefined when the arguments do not tell. Throws TaskError. */
  defines?(args: Values, files: VariableFiles): readonly string[] | undefined
  /** Throws TaskError when it fails. */
  run(wanted: Wanted, controller: Controller): Promise<Outcome>
}

/** A controller module, its types closed over. */
export type ControllerModule = Described & {
  readonly kind: 'controller'
  readonly name: string
  readonly schema: ZodType
  readonly freeForm: string | undefined
  readonly once: boolean
  readonly barrier: boolean
  readonly grows: boolean
  readonly source: 'vars' | undefined
  /** Names of the variables that it will bring; undefined when that cannot be said yet. Throws TaskError. */
  defines(args: Values, files: VariableFiles): readonly string[] | undefined
  /** Throws TaskError when the arguments are wrong. */
  bind(args: Values): (controller: Controller) => Promise<Outcome>
}

/** What a playbook's module name stands for. */
export type Module = HostModule | ControllerModule

/** Makes a host module of its five words. */
export function hostModule<Wanted, State>(spec: ModuleSpec<Wanted, State>): HostModule {
  const {
    name,
    schema,
    freeForm,
    slow = false,
    action = false,
    runs = false,
    source,
    streams = false,
    facts = false,
  } = spec
  const says = {tells: spec.changed !== undefined, foresees: spec.foresees !== undefined}
  const flags = {slow, action, runs, streams, facts, ...says, defines: spec.defines ?? (() => [])}
  const outside = spec.outside && controllerModule({name, ...described(spec), schema, run: spec.outside})
  const bound = (args: Values) => bind(spec, accepted(spec, args))
  return {kind: 'host', name, ...described(spec), schema, freeForm, source, ...flags, outside, bind: bound}
}

/** Makes a controller module. */
export function controllerModule<Wanted>(spec: ControllerModuleSpec<Wanted>): ControllerModule {
  const {name, schema, freeForm, source, defines = () => []} = spec
  const {once = false, barrier = false, grows = false} = spec
  const bound = (args: Values) => {
    const wanted = accepted(spec, args)
    return (controller: Controller) => spec.run(wanted, controller)
  }
  const when = {once, barrier: barrier || grows, grows}
  return {kind: 'controller', name, ...described(spec), schema, freeForm, source, ...when, defines, bind: bound}
}

function described({summary, topic, example, aliases = {}, refused = {}}: Described): Described {
  return {summary, ...(topic && {topic}), ...(example && {example}), aliases, refused}
}

function bind<Wanted, State>(spec: ModuleSpec<Wanted, State>, wanted: Wanted): Bound {
  return {
    probe: spec.probe(wanted),
    foreseen: spec.foresees?.(wanted),
    look: (answer, asked) =>
      naming(() => {
        const state = spec.parse(answer, wanted, asked)
        const changes = spec.plan(state, wanted)
        return {
          changes: homeAsTilde(changes),
          steps: changes.map(change => spec.apply(change, wanted, state)),
          reverts: changes.flatMap(change => spec.revert?.(change, wanted, state) ?? []),
          result: output => homeAsTilde(spec.result?.(state, wanted, output) ?? {}),
          changed: output => spec.changed?.(output, wanted) ?? true,
        }
      }),
  }
}
