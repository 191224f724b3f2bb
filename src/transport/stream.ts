import type {Duplex} from 'node:stream'

/** A way to an SSH server; `said` gives, once it failed, the last line on stderr of whatever makes it. */
export type Stream = {readonly stream: Duplex; readonly said: () => Promise<string>}
