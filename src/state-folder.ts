import {homedir} from 'node:os'
import {join} from 'node:path'

/** Where provision keeps what it is to know later, of the user who runs it: $XDG_STATE_HOME/provision, or ~/.local/state/provision. */
export function stateFolder({XDG_STATE_HOME, HOME}: NodeJS.ProcessEnv = process.env): string {
  return join(XDG_STATE_HOME || join(HOME || homedir(), '.local', 'state'), 'provision')
}
