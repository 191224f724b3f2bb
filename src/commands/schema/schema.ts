import {writeFile} from 'node:fs/promises'
import {UsageError} from '../../errors.ts'
import {modules} from '../../modules/index.ts'
import {planSchema} from '../../plan/json-schema.ts'
import {inventorySchema} from '../../reference/json-schema/inventory.ts'
import {playbookSchema, tasksSchema} from '../../reference/json-schema/playbook.ts'
import {siteInputs} from '../site-inputs.ts'
import type {Kind} from './kinds.ts'

/** Prints a schema, or writes it to a file and says how editors find it. Throws UsageError when the file cannot be written. */
export async function schema(kind: Kind, out: string | undefined): Promise<void> {
  const text = `${JSON.stringify(await schemaOf(kind), null, 2)}\n`
  if (out === undefined) {
    process.stdout.write(text)
    return
  }
  await write(out, text)
  process.stdout.write(`# yaml-language-server: $schema=${out}\n`)
  process.stderr.write(
    `${out} is written; the line above makes editors use it (the path counts from the file that it stands in)\n`,
  )
}

async function schemaOf(kind: Kind): Promise<object> {
  if (kind === 'plan') return planSchema()
  if (kind === 'inventory') return inventorySchema(await siteInputs())
  return kind === 'tasks' ? tasksSchema(modules) : playbookSchema(modules)
}

async function write(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text)
  } catch (error) {
    throw new UsageError(`${file} cannot be written: ${error instanceof Error ? error.message : String(error)}`)
  }
}
