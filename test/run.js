// `npm test`: everything that can be tried on this machine. Plain JavaScript, because it runs before anything is
// installed. The last line tells how many tests passed and failed; whatever breaks outside a test counts as one failure.
import {spawn} from 'node:child_process'
import {existsSync, mkdtempSync, readFileSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {tally} from './tally.js'

const mostMinutes = 85
const secondsToEnd = 30
const root = fileURLToPath(new URL('..', import.meta.url))
const reports = mkdtempSync(join(tmpdir(), 'provision-test-'))
const total = {passed: 0, failed: 0}
/** @type {string[]} */
const notRun = []
/** @type {number | undefined} */
let childGroup
/** @type {string | undefined} */
let stopped

for (const name of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(name, () => stop(name))
const limit = setTimeout(() => stop(`more than ${mostMinutes} minutes`), mostMinutes * 60_000)
process.chdir(root)
await everything().catch(broken)
clearTimeout(limit)
rmSync(reports, {recursive: true})
summary()

async function everything() {
  if (!existsSync('node_modules/.package-lock.json') && !(await succeeds('npm', 'ci'))) return
  if (!(await succeeds('npm', 'run', '--silent', 'build'))) return
  const canHoldHosts = await prepared()
  for (const check of ['lint', 'types', 'unused']) await succeeds('npm', 'run', '--silent', check)
  await tests('unit')
  const begun = minutesSoFar()
  if (canHoldHosts) await hostTests()
  // The virtual machine takes about as long as the hosts, on fast machines and slow ones.
  await virtualMachineTests(canHoldHosts ? (minutesSoFar() - begun) * 1.2 : 40)
}

/** Whether this machine can hold hosts. Installs what they need, first of all: some unit tests use it where it is there. */
async function prepared() {
  const {checkMachine, installMissing, prepareMachine} = await import(built('machine.js'))
  const unfit = await checkMachine().catch((/** @type {Error & {hint?: string}} */ error) => error)
  if (unfit) notRun.push(`the host tests (test/hosts). ${unfit.message}. ${unfit.hint ?? ''}`)
  else await prepareMachine(say)
  // What ours is compared with, also by unit tests.
  if (!unfit) await installMissing(['age', 'ansible'], say)
  return !unfit
}

async function hostTests() {
  const {sandboxDown, sandboxList} = await import(built('sandbox.js'))
  const names = async () => (await sandboxList()).map((/** @type {{name: string}} */ host) => host.name)
  const others = await names()
  try {
    await tests('hosts')
  } finally {
    // Somebody may have made hosts meanwhile: those of the tests are the ones with `test` in their name.
    const left = (await names()).filter((/** @type {string} */ name) => /test/.test(name) && !others.includes(name))
    if (left.length > 0) await sandboxDown({names: left, say})
  }
}

/** @param {number} needed minutes that they may take */
async function virtualMachineTests(needed) {
  if (!(await succeeds('npm', 'run', '--silent', 'build:vagrant'))) return
  const {checkForVirtualMachines} = await import(new URL('../dist-vagrant/preparation.js', import.meta.url).href)
  const unfit = await checkForVirtualMachines().catch((/** @type {Error & {hint?: string}} */ error) => error)
  const left = mostMinutes - minutesSoFar()
  if (unfit) notRun.push(`the tests on virtual machines (test/vagrant). ${unfit.message}. ${unfit.hint ?? ''}`)
  else if (left < needed) notRun.push(tooSlow(needed, left))
  else await tests('vagrant')
}

/**
 * @param {number} needed minutes
 * @param {number} left minutes
 */
function tooSlow(needed, left) {
  const bound = `they may take ${Math.ceil(needed)} minutes, and ${Math.floor(left)} of ${mostMinutes} are left on this slow machine`
  return `the tests on virtual machines (test/vagrant): ${bound}. Run them alone: npm run test:vagrant`
}

function minutesSoFar() {
  return performance.now() / 60_000
}

/** @param {string} project of vitest.config.ts */
async function tests(project) {
  if (stopped) return
  const file = join(reports, `${project}.json`)
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  const exitCode = await run('npm', 'run', '--silent', `test:${project}`, '--', ...reporters)
  const {passed, failed} = tally(existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined, exitCode)
  total.passed += passed
  total.failed += failed
}

/** @param {string[]} words a command; counts as one failure if it fails */
async function succeeds(...words) {
  if (stopped) return false
  const exitCode = await run(...words)
  if (exitCode !== 0) broken(`${words.join(' ')} failed`)
  return exitCode === 0
}

/**
 * Runs a command in a process group of its own, so that a signal reaches it once and with all that it started.
 * @param {string[]} words
 * @returns {Promise<number>} its exit code
 */
function run(...words) {
  const [program = '', ...rest] = words
  say(`\n> ${words.join(' ')}`)
  const child = spawn(program, rest, {stdio: ['ignore', 'inherit', 'inherit'], detached: true})
  childGroup = child.pid
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', code => {
      childGroup = undefined
      resolve(code ?? 1)
    })
  })
}

/** @param {string} why */
function stop(why) {
  if (!stopped) say(`\nStopping (${why}), and removing what the tests started …`)
  stopped = why
  // By force if it does not end itself.
  const group = childGroup
  signal('SIGTERM', group)
  setTimeout(signal, secondsToEnd * 1000, 'SIGKILL', group).unref()
}

/**
 * @param {NodeJS.Signals} name
 * @param {number | undefined} group of processes
 */
function signal(name, group) {
  try {
    if (group) process.kill(-group, name)
  } catch {
    // It ended by itself in between.
  }
}

/** @param {unknown} error */
function broken(error) {
  total.failed += 1
  say(error instanceof Error ? (error.stack ?? error.message) : String(error))
}

function summary() {
  for (const what of notRun) say(`\nNot run: ${what}`)
  if (stopped) say(`\nNot finished: ${stopped}`)
  const failed = stopped && total.failed === 0 ? 1 : total.failed
  say(`\n${total.passed} passed, ${failed} failed`)
  process.exitCode = failed > 0 ? 1 : 0
}

/** @param {string} file of the sandbox, as built */
function built(file) {
  return new URL(`../dist/sandbox/${file}`, import.meta.url).href
}

/** @param {string} line */
function say(line) {
  process.stdout.write(`${line}\n`)
}
