import {PassThrough} from 'node:stream'
import {expect, test} from 'vitest'
import {sh} from '../../src/shell/shell.ts'
import {ShellSession} from '../../src/transport/shell-session.ts'

test('what a shell says before it ends is whole, wherever the network cuts it', async () => {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()]
  const session = new ShellSession({stdin, stdout, stderr})
  const bytes = Buffer.from('sh: Főtanúsítvány: ☂\n')
  for (const byte of bytes) stderr.write(Buffer.of(byte))
  stderr.end()
  stderr.once('end', () => stdout.destroy())
  await expect(session.run(sh`:`, () => {})).rejects.toThrow('sh: Főtanúsítvány: ☂')
})
