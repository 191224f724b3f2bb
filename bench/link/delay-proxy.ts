// A process of its own: TCP ports of this machine behind which hosts are as far away as argv says (milliseconds there and
// back, then address:port of each). Prints its ports as JSON; each line on stdin asks for the bytes sent so far.
import {once} from 'node:events'
import {type AddressInfo, connect, createServer, type Socket} from 'node:net'
import {createInterface} from 'node:readline'

const [roundTrip = 0, ...hosts] = [Number(process.argv[2]), ...process.argv.slice(3)]
let sent = 0

process.stdout.write(`${JSON.stringify(await Promise.all(hosts.map(open)))}\n`)
for await (const _ of createInterface({input: process.stdin})) process.stdout.write(`${sent}\n`)
process.exit()

async function open(host: string): Promise<number> {
  const at = host.lastIndexOf(':')
  const [address, port] = [host.slice(0, at), Number(host.slice(at + 1))]
  const server = createServer({noDelay: true}, client => join(client, address, port)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

/**
 * As with TCP, what the client sends waits until the handshake has gone there and back, and the host knows of the client
 * half a round trip after that; from then on each direction takes half a round trip.
 */
function join(client: Socket, address: string, port: number): void {
  const accepted = performance.now()
  const host = connect({host: address, port, noDelay: true})
  client.on('data', chunk => {
    sent += chunk.length
  })
  delayed(client, host, accepted + roundTrip)
  delayed(host, client, accepted + 1.5 * roundTrip)
  client.on('error', () => host.destroy())
  host.on('error', () => client.destroy())
}

/** Hands on what one side sends, in order, half a round trip after it came, none of it as if it came before `from`. */
function delayed(one: Socket, other: Socket, from: number): void {
  const waiting: {readonly due: number; readonly act: () => void}[] = []
  const drain = () => {
    while (waiting[0] && waiting[0].due <= performance.now()) waiting.shift()?.act()
    if (waiting[0]) setTimeout(drain, Math.max(1, waiting[0].due - performance.now()))
  }
  const later = (act: () => void) => {
    waiting.push({due: Math.max(performance.now(), from) + roundTrip / 2, act})
    if (waiting.length === 1) drain()
  }
  one.on('data', chunk => later(() => other.write(chunk)))
  one.on('end', () => later(() => other.end()))
}
