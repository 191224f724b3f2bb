import type {Command} from '../measure.ts'
import type {Work} from '../plays/work.ts'
import type {Scene} from '../scene.ts'

/** Something that does the work, or as much of it as a floor. */
export type Tool = {
  readonly name: string
  /** The whole process that does it; undefined where it cannot. */
  readonly command: (work: Work, scene: Scene) => Command | undefined
}
