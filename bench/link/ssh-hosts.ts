// A process of its own: as many SSH servers on this machine as argv says, each with a real sh behind it, all as this user.
// Prints their ports and their host key as JSON; ends when stdin does.
import {spawn} from 'node:child_process'
import {once} from 'node:events'
import type {AddressInfo} from 'node:net'
import ssh2, {type Connection, type ServerChannel} from 'ssh2'

const key = ssh2.utils.generateKeyPairSync('ed25519')
const ports = await Promise.all(Array.from({length: Number(process.argv[2])}, open))
process.stdout.write(`${JSON.stringify({ports, key: key.public})}\n`)
process.stdin.resume().on('end', () => process.exit())

async function open(): Promise<number> {
  const server = new ssh2.Server({hostKeys: [key.private]}, serve)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

/** Lets everybody in: it listens on this machine alone, and only while a benchmark runs. */
function serve(client: Connection): void {
  client.on('error', () => {})
  client.on('authentication', attempt => attempt.accept())
  client.on('session', accept => accept().on('exec', (accepted, _, {command}) => execute(accepted(), command)))
}

function execute(channel: ServerChannel, command: string): void {
  const child = spawn('sh', ['-c', command], {stdio: 'pipe'})
  channel.on('error', () => {})
  child.stdin.on('error', () => {})
  channel.pipe(child.stdin)
  child.stdout.pipe(channel, {end: false})
  child.stderr.pipe(channel.stderr, {end: false})
  channel.on('close', () => child.kill())
  child.on('close', code => {
    channel.exit(code ?? 1)
    channel.end()
  })
}
