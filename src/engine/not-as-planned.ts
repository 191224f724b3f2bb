import {TaskError} from '../errors.ts'
import type {Change} from '../module.ts'

/** Why a saved plan does not let a task be done; `moved` is what is otherwise than when it was made: then and now. */
export type Refusal = {readonly message: string; readonly hint: string; readonly moved: readonly Change[]}

/** A task that is not done because a saved plan says otherwise. */
export class NotAsPlanned extends TaskError {
  readonly moved: readonly Change[]
  constructor({message, hint, moved}: Refusal) {
    super({message, hint})
    this.moved = moved
  }
}
