import {z} from 'zod'
import {parseYamlValue} from '../../src/yaml.ts'

const schema = z.strictObject({exit: z.number(), hosts: z.record(z.string(), z.array(z.string()))})

/** Reads what is expected of a run: its exit code, and by host what its tasks say. */
export function parse(text: string): z.infer<typeof schema> {
  return schema.parse(parseYamlValue(text))
}
