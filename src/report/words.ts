/** Milliseconds as people read them: `850 ms`, `1.2 s`, `12 s`, `2 min 3 s`, `1 h 4 min`. */
export function duration(ms: number): string {
  if (ms < 999.5) return `${Math.round(ms)} ms`
  if (ms < 9950) return `${(ms / 1000).toFixed(1)} s`
  const seconds = Math.round(ms / 1000)
  if (seconds < 60) return `${seconds} s`
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`
}

/** A clock that counts whole seconds: `0 s`, `12 s`, `2 min 3 s`. */
export function elapsed(ms: number): string {
  return ms < 60_000 ? `${Math.floor(ms / 1000)} s` : duration(Math.floor(ms / 1000) * 1000)
}

/** A count and its noun: `1 host`, `2 hosts`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}

/** How many tasks changed something, or would: `2 changed`, `nothing would change`. */
export function changedWords(changed: number, check: boolean): string {
  return `${changed === 0 ? 'nothing' : changed} ${check ? 'would change' : 'changed'}`
}
