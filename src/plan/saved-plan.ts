import {z} from 'zod'
import type {Value} from '../module.ts'

/** The version of the file's form; a reader takes no other. */
export const planVersion = 1

const digest = z
  .string()
  .describe("A keyed digest: tells whether something is the same, and nothing else to whom has not the plan's key.")
const value: z.ZodType<Value> = z.json()

const change = z
  .strictObject({what: z.string(), before: value, after: value})
  .describe('One difference between the host and what is wanted; secrets stand as [secret].')

const step = z.strictObject({
  does: z.string().describe('What kind of step it is: a command, or which file is written.'),
  digest,
})

const task = z.strictObject({
  task: z.string().describe('Its name, its role before it.'),
  module: z.string(),
  item: z.string().optional().describe("The loop's item."),
  handler: z.literal(true).optional(),
  file: z.string(),
  line: z.number(),
  column: z.number(),
  mark: z
    .enum(['ok', 'change', 'run', 'unknown', 'skipped', 'failed'])
    .describe(
      'ok: in order. change: it does what `changes` shows. run: done by apply, and says of itself that it changes nothing. unknown: decided during apply. skipped: left out.',
    ),
  waits_for: z
    .string()
    .optional()
    .describe('The earlier task that must have run before an unknown one can be decided.'),
  reason: z.string().optional(),
  hidden: z.literal(true).optional().describe('no_log: the plan does not show what changes.'),
  changes: z.array(change).optional(),
  steps: z
    .array(step)
    .optional()
    .describe('What apply does, one for each change. Made again from the playbook, and compared.'),
  key: digest.describe('Tells the task apart from all others of the host.'),
  loop_key: digest.describe('The same for the task whose item this is.'),
  question: digest.optional().describe('What the host was asked.'),
  answer: digest.optional().describe('What it answered.'),
})

const host = z.strictObject({
  variables: digest.describe('What the inventory says of the host.'),
  trips: z.number().describe('Round trips that the look took.'),
  tasks: z.array(task),
})

const flags = z.strictObject({
  inventory: z.array(z.string()),
  limit: z.string().optional(),
  tags: z.array(z.string()).optional(),
  skipTags: z.array(z.string()).optional(),
  extraVars: z.array(z.string()).optional().describe('Files of -e @FILE; other -e are given again.'),
  become: z.boolean().optional(),
  user: z.string().optional(),
  privateKey: z.string().optional(),
})

/** The form of a saved plan. */
export const savedPlan = z
  .strictObject({
    version: z.literal(planVersion),
    tool: z.string().describe('The version of provision that made it.'),
    made: z.string().describe('When, in UTC.'),
    playbook: z.strictObject({file: z.string(), digest}),
    extra: digest.describe('What -e said.'),
    flags: flags.describe('What the command line said.'),
    hosts: z.record(z.string(), host),
    seal: digest.describe('Of all the rest: a plan that was changed by hand is refused.'),
  })
  .describe('What `provision plan --out FILE` writes and `provision apply FILE` does.')

/** A saved plan. */
export type SavedPlan = z.infer<typeof savedPlan>

/** What a saved plan says of one task on one host. */
export type PlannedTask = z.infer<typeof task>

/** What of the command line a plan keeps. */
export type PlannedFlags = z.infer<typeof flags>
