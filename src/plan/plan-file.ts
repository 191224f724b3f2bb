import {readFileSync} from 'node:fs'
import {resolve} from 'node:path'
import {UsageError} from '../errors.ts'
import {replaceFile} from '../write-file.ts'
import {type Digest, keyFile, makeDigest} from './plan-key.ts'
import {planVersion, type SavedPlan, savedPlan} from './saved-plan.ts'

/** The plan with its seal. */
export function sealed(plan: Omit<SavedPlan, 'seal'>, digest: Digest): SavedPlan {
  return {...plan, seal: digest(JSON.stringify(plan))}
}

/** Writes a plan for its owner alone: all of it or nothing. Throws UsageError. */
export async function writePlan(file: string, plan: SavedPlan): Promise<void> {
  try {
    await replaceFile(resolve(file), `${JSON.stringify(plan, null, 1)}\n`, 0o600)
  } catch (error) {
    throw new UsageError(`${file} cannot be written: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** Reads a plan and says whether it is one, whole, of this version and as it was written. Throws UsageError. */
export function readPlan(file: string): {readonly plan: SavedPlan; readonly digest: Digest} {
  const raw = parsed(file)
  if (!isRecord(raw) || !('version' in raw) || !('seal' in raw)) throw notPlan(file, 'it has no version or no seal')
  if (raw.version !== planVersion)
    throw new UsageError(`${file} is a plan of version ${raw.version}; this provision takes version ${planVersion}`)
  const read = savedPlan.safeParse(raw)
  const [problem] = read.error?.issues ?? []
  if (!read.success) throw notPlan(file, `${problem?.path.join('.')}: ${problem?.message}`)
  const digest = makeDigest(keyFile(), {create: false})
  const {seal, ...rest} = raw
  if (digest(JSON.stringify(rest)) !== seal)
    throw new UsageError(
      `${file} was changed after it was made, or was sealed with another key`,
      `make a new plan; its key is in ${keyFile()}`,
    )
  return {plan: read.data, digest}
}

function parsed(file: string): unknown {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  }
  try {
    return JSON.parse(text)
  } catch {
    throw notPlan(file, 'it is no JSON')
  }
}

function notPlan(file: string, why: string): UsageError {
  return new UsageError(`${file} is not a plan: ${why}`, 'make one: provision plan --out FILE')
}

function isRecord(value: unknown): value is {readonly [key: string]: unknown} {
  return typeof value === 'object' && value !== null
}
