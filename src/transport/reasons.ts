/** What a name that leads nowhere is told as. */
export const noName = 'the name does not resolve'

/** Says in a few words why a connection failed. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const known: {[code: string]: string} = {
    ECONNREFUSED: 'connection refused',
    EHOSTUNREACH: 'no route to the host',
    ENETUNREACH: 'the network is unreachable',
    ENOTFOUND: noName,
    EAI_AGAIN: noName,
    ETIMEDOUT: 'no answer',
    ECONNRESET: 'the host closed the connection',
  }
  return known[code] ?? (error instanceof Error ? error.message : String(error))
}
