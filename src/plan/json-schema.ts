import {z} from 'zod'
import {savedPlan} from './saved-plan.ts'

/** The JSON Schema of saved plans. */
export function planSchema(): object {
  return z.toJSONSchema(savedPlan, {target: 'draft-07'})
}
