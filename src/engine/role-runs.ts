import type {RoleRun} from '../play.ts'
import type {TaskNode} from './node.ts'

/** The calls of roles of which something was done on a host. */
export class RoleRuns {
  readonly #done = new Map<string, RoleRun>()

  /** Whether the role of a task was called before in the same way, and something of it was done then. */
  repeats({task: {roleRun}, handler}: TaskNode): boolean {
    if (!roleRun?.repeats || handler) return false
    return (this.#done.get(roleRun.key) ?? roleRun) !== roleRun
  }

  /** Takes in that a task was not left out. */
  did({task: {roleRun}}: TaskNode): void {
    if (roleRun && !this.#done.has(roleRun.key)) this.#done.set(roleRun.key, roleRun)
  }
}
