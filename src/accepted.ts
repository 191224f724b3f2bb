import type {ZodType} from 'zod'
import {TaskError} from './errors.ts'

/** The arguments as a module's schema takes them; throws TaskError when they are wrong. */
export function accepted<Wanted>({name, schema}: {name: string; schema: ZodType<Wanted>}, args: object): Wanted {
  const read = schema.safeParse(args)
  if (read.success) return read.data
  const problems = read.error.issues.map(issue => `${issue.path.join('.') || name}: ${issue.message}`)
  throw new TaskError({message: `wrong arguments for ${name}: ${problems.join('; ')}`})
}
