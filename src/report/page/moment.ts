/** A moment as people read it, in UTC: `2026-03-01 06:00:12 UTC`. Takes milliseconds since 1970, or ISO 8601. */
export function moment(time: number | string): string {
  return `${new Date(time).toISOString().slice(0, 19).replace('T', ' ')} UTC`
}
