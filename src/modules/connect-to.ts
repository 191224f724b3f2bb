import {lookup} from 'node:dns'
import type {LookupFunction} from 'node:net'
import {z} from 'zod'

/** The argument that all modules share which look at a site from outside. */
export const connectTo = z
  .string()
  .min(1)
  .optional()
  .describe("Address to connect to instead of the URL's; name, certificate and Host stay those of the URL.")

/** Options for node's sockets that lead every name to `address`. */
export function leadTo(address: string | undefined): {lookup?: LookupFunction} {
  if (address === undefined) return {}
  return {lookup: (_, options, callback) => lookup(address, options, callback)}
}

/** What went wrong in a connection, in one line. */
export function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0])
  if (!(error instanceof Error)) return String(error)
  // What OpenSSL says of a handshake is in `reason`; its message holds addresses and source lines.
  return 'reason' in error && typeof error.reason === 'string' ? error.reason : error.message || error.name
}
