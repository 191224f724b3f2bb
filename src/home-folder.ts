import {homedir} from 'node:os'

/** A path of this machine, with ~ at its beginning for the home folder of the user who runs this. */
export function fromHome(path: string): string {
  return path.replace(/^~(?=\/|$)/, homedir())
}
