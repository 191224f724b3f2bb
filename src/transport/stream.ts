import type {Duplex} from 'node:stream'

/** A way to an SSH server; `said` is what stood on stderr of whatever makes it. */
export type Stream = {readonly stream: Duplex; readonly said: () => string}
