import {z} from 'zod'
import type {Value} from '../../module.ts'

const value: z.ZodType<Value> = z.json()
const change = z.object({what: z.string(), before: value, after: value})
const failure = z.object({
  message: z.string(),
  command: z.string().exactOptional(),
  exitCode: z.number().exactOptional(),
  stdout: z.string().exactOptional(),
  stderr: z.string().exactOptional(),
  hint: z.string().exactOptional(),
})

/** A task on a host, of --output json and jsonl. */
export const task = z.object({
  host: z.string(),
  delegate: z.string().exactOptional(),
  task: z.string(),
  module: z.string(),
  item: z.string().exactOptional(),
  status: z.enum(['ok', 'changed', 'failed', 'skipped', 'rescued', 'ignored', 'unreachable']),
  changes: z.array(change),
  file: z.string(),
  line: z.number(),
  ms: z.number(),
  message: z.string().exactOptional(),
  failure: failure.exactOptional(),
})

/** The counts of a host at the end of a run. */
export const summary = z.object({
  ok: z.number(),
  changed: z.number(),
  failed: z.number(),
  skipped: z.number(),
  rescued: z.number(),
  ignored: z.number(),
  unreachable: z.number(),
  trips: z.number(),
})

/** A task of a plan that apply did not reach. */
export const notReached = z.object({
  host: z.string(),
  task: z.string(),
  module: z.string(),
  item: z.string().exactOptional(),
  mark: z.enum(['change', 'run', 'unknown']),
  changes: z.array(change),
  file: z.string(),
  line: z.number(),
})

/** The document of --output json. */
export const runDocument = z.object({
  hosts: z.record(z.string(), summary),
  tasks: z.array(task),
  not_reached: z.array(notReached).default([]),
  ms: z.number(),
  exit: z.number(),
})

const differed = z.object({
  host: z.string(),
  kind: z.string(),
  task: z.string(),
  item: z.string().exactOptional(),
  file: z.string(),
  line: z.number(),
  changes: z.array(change),
  message: z.string().exactOptional(),
  hint: z.string().exactOptional(),
  hidden: z.literal(true).exactOptional(),
})

const time = z.iso.datetime()

/** A line of the history of drift. */
export const look = z.object({
  version: z.literal(1),
  time,
  state: z.enum(['clean', 'drifted', 'unreachable', 'skipped', 'failed']),
  hosts: z.record(z.string(), z.enum(['clean', 'drifted', 'unreachable'])),
  drifted: z.array(differed),
  ms: z.number(),
  message: z.string().exactOptional(),
})

const state = z.enum(['in order', 'drifted', 'unreachable'])

/** The document of provision drift --output json. */
export const driftDocument = z.object({
  version: z.literal(1),
  time,
  hosts: z.record(z.string(), z.object({state})),
  drifted: z.array(differed),
  ms: z.number(),
  exit: z.number(),
})

/** A task on a host, as it was printed. */
export type TaskRow = z.infer<typeof task>

/** A task of a plan that was not reached, as it was printed. */
export type NotReachedRow = z.infer<typeof notReached>

/** One look for drift, as it was written down. */
export type LookRow = z.infer<typeof look>

/** One run, as far as its output tells. */
export type RunRows = z.infer<typeof runDocument> & {
  readonly playbook?: string
  readonly check: boolean
  /** Milliseconds since 1970. */
  readonly time?: number
  readonly gone: readonly {readonly host: string; readonly message: string; readonly hint?: string}[]
  /** The run did not come to its end. */
  readonly cut?: true
}
