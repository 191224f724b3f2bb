import {spawn} from 'node:child_process'
import {mkdirSync, rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {UsageError} from '../../../src/errors.ts'
import {withLock} from '../../../src/lock.ts'
import {packageRoot} from '../../../src/package-root.ts'
import {prepareForVirtualMachines} from './preparation.ts'

// `npm run test:vagrant`: prepares this machine, then runs the tests where nothing of theirs can be left behind.

const state = '/var/lib/provision-vagrant'

const environment = {
  ...process.env,
  PROVISION_SANDBOX_STATE: join(state, 'sandbox'),
  VAGRANT_HOME: join(state, 'home'),
  VAGRANT_DOTFILE_PATH: join(state, 'machines'),
  VAGRANT_DEFAULT_PROVIDER: 'libvirt',
  VAGRANT_CHECKPOINT_DISABLE: '1',
}

process.exitCode = await withLock('provision-vagrant', say, prepareAndTest).catch(error => {
  if (!(error instanceof UsageError)) throw error
  say(`${error.message}. ${error.hint ?? ''}`)
  return 1
})

async function prepareAndTest(): Promise<number> {
  const began = Date.now()
  const images = await prepareForVirtualMachines(say)
  say(`prepared in ${Math.round((Date.now() - began) / 1000)} s`)
  // What a run left that was killed: only files outlive it.
  removeState()
  mkdirSync(state, {recursive: true, mode: 0o700})
  writeFileSync(join(state, 'images.json'), JSON.stringify(images))
  // With --watch the machine stays, and goes back to its snapshot for each further round.
  const mode = process.argv.includes('--watch') ? 'watch' : 'run'
  // Each test goes on where the one before it ended.
  const exitCode = await isolated('npx', 'vitest', mode, '--project', 'vagrant', '--bail=1', ...process.argv.slice(2))
  removeState()
  return exitCode
}

/** Runs a command in namespaces of its own; a signal to us ends all that is in them at once. */
function isolated(...command: readonly string[]): Promise<number> {
  const script = join(packageRoot, 'sandbox', 'vagrant', 'isolated.sh')
  const child = spawn('sh', [script, state, ...command], {
    cwd: packageRoot,
    env: environment,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  let stopped = false
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(name, () => {
      stopped = true
      child.kill('SIGKILL')
    })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', code => resolve(stopped ? 130 : (code ?? 1)))
  })
}

function removeState(): void {
  // Whoever was ended just now may still be writing.
  rmSync(state, {recursive: true, force: true, maxRetries: 20})
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
