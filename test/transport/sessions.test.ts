import {once} from 'node:events'
import {mkdtempSync, writeFileSync} from 'node:fs'
import type {AddressInfo} from 'node:net'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import ssh2 from 'ssh2'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {sh} from '../../src/shell/shell.ts'
import {localTransport} from '../../src/transport/local.ts'
import {sshTransport} from '../../src/transport/ssh.ts'
import {LinkLost, type Target} from '../../src/transport/transport.ts'

const key = ssh2.utils.generateKeyPairSync('ed25519')
/** As sshd with MaxSessions 1: it runs nothing, and lets one session in on each connection. */
const server = new ssh2.Server({hostKeys: [key.private]}, client => {
  let sessions = 0
  client.on('error', () => {})
  client.on('authentication', attempt => attempt.accept())
  client.on('session', (accept, reject) => {
    if (++sessions > 1) return reject()
    accept().on('exec', accepted => accepted())
  })
  ends.push(() => client.end())
})
const ends: (() => void)[] = []
let target: Target

beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const keyFile = join(mkdtempSync(join(tmpdir(), 'sessions-')), 'key')
  writeFileSync(keyFile, key.private, {mode: 0o600})
  const {port} = server.address() as AddressInfo
  const place = {host: 'small', address: '127.0.0.1', port, user: 'somebody', keyFile}
  target = {...place, connection: 'ssh', become: false, hostKeys: 'off', connectTimeout: 10, agent: ''}
})
afterAll(() => void server.close())

async function* megabytes(count: number) {
  for (let n = 0; n < count; n++) yield new Uint8Array(1_048_576)
}

describe('what a host does not let begin is a lost link, which can be opened again', () => {
  test('where it has as many sessions as it allows', async () => {
    const connection = await sshTransport.connect(target)
    await connection.shell('login')
    const second = await connection.shell('login').catch((error: unknown) => error)
    expect(second).toBeInstanceOf(LinkLost)
    expect(String(second)).toMatch(/Channel open failure/)
    await connection.close()
  })

  test('where the connection has ended meanwhile', async () => {
    const connection = await sshTransport.connect(target)
    const shell = await connection.shell('login')
    const running = shell.run(sh`:`, () => {})
    for (const end of ends) end()
    await expect(running).rejects.toThrow(LinkLost)
    await expect(connection.send('login', sh`cat`, megabytes(1))).rejects.toThrow(LinkLost)
    await connection.close()
  })
})

test('a command of this machine that ends before it has taken all is told with its last words', async () => {
  const connection = await localTransport.connect({...target, connection: 'local'})
  const sent = connection.send('login', sh`echo no room >&2; exit 1`, megabytes(64))
  await expect(sent).rejects.toThrow(/EPIPE.*no room/s)
  await connection.close()
})
