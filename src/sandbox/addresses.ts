import {UsageError} from '../errors.ts'

/** The network of the sandbox: from the range for benchmarks, which no other network uses. */
export const subnet = '198.18.0.0/24'

/** Address of this machine on the sandbox network: gateway, name service and registry. */
export const gateway = '198.18.0.1'

/** Second address of this machine there: the name service of hosts that use the real hub. */
export const plainNameService = '198.18.0.2'

const first = 11
const last = 250

/** The lowest free address of the sandbox network; throws UsageError when all 240 are taken. */
export function freeAddress(taken: readonly string[]): string {
  for (let number = first; number <= last; number++) {
    const address = `198.18.0.${number}`
    if (!taken.includes(address)) return address
  }
  throw new UsageError('The sandbox network is full', 'Take hosts down with `provision sandbox down NAME`')
}
