import {expandRange} from './range.ts'

/** The hosts that one word of an inventory names, and the port that it gives them. */
export type HostPattern = {readonly names: readonly string[]; readonly port: number | undefined}

/** Reads `web[01:20]`, `web:2222` and `[2001:db8::1]:22`. Throws Error when a range makes no sense or a port is missing. */
export function readHostPattern(text: string): HostPattern {
  const [, address, port] = /^\[(.+)\]:(\d+)$/.exec(text) ?? /^((?:[^:[\]]|\[[^\]]*\])*):(\d+)$/.exec(text) ?? []
  if (address !== undefined) return {names: expandRange(address), port: Number(port)}
  if (text.endsWith(':') && !text.endsWith('::')) throw new Error(`a port is missing after "${text}"`)
  return {names: expandRange(text), port: undefined}
}
