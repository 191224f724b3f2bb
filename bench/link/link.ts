import {type ChildProcess, spawn} from 'node:child_process'
import {createInterface} from 'node:readline'
import {fileURLToPath} from 'node:url'
import type {Place} from '../scene.ts'

/** Hosts made far away by a proxy: where they are then, and how many bytes went there. */
export type Link = {
  readonly places: readonly Place[]
  /** Bytes that were sent to the hosts so far, all connections together. */
  readonly sent: () => Promise<number>
  readonly close: () => void
}

/** Puts hosts `roundTrip` milliseconds away (there and back), by a proxy in a process of its own. */
export async function openLink(hosts: readonly Place[], roundTrip: number): Promise<Link> {
  const program = fileURLToPath(new URL('delay-proxy.js', import.meta.url))
  const ends = hosts.map(({address, port}) => `${address}:${port}`)
  const proxy = spawn(process.execPath, [program, String(roundTrip), ...ends], {stdio: ['pipe', 'pipe', 'inherit']})
  const lines = createInterface({input: proxy.stdout})[Symbol.asyncIterator]()
  const answer = async () => String((await lines.next()).value)
  const ports: number[] = JSON.parse(await answer())
  return {
    places: hosts.map((host, index) => ({...host, address: '127.0.0.1', port: ports[index] ?? 0})),
    sent: () => {
      proxy.stdin.write('\n')
      return answer().then(Number)
    },
    close: () => end(proxy),
  }
}

function end(proxy: ChildProcess): void {
  proxy.stdin?.end()
}
