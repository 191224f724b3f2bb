import {setTimeout as pause} from 'node:timers/promises'
import {z} from 'zod'
import {TaskError} from '../errors.ts'
import {type Controller, controllerModule, type Remote} from '../module.ts'
import {lines, type Shell, sh, writtenByUser} from '../shell/shell.ts'
import {count, word, words} from './arguments.ts'
import {whyUnreachable} from './unreachable.ts'

const schema = z.strictObject({
  pre_reboot_delay: count
    .default(0)
    .describe('Seconds that people on the host are warned; in whole minutes, as shutdown counts.'),
  post_reboot_delay: count.default(0).describe('Seconds to wait before the host is looked for again.'),
  reboot_timeout: count.default(600).describe('Seconds in which the host must be back, and then pass test_command.'),
  connect_timeout: count.optional().describe('Seconds that one try to connect may take.'),
  test_command: word.default('whoami').describe('A command that shows that the host is up again.'),
  msg: word.default('Reboot initiated by Ansible').describe('What people on the host are told.'),
  boot_time_command: word
    .default('cat /proc/sys/kernel/random/boot_id')
    .describe('A command that prints something else after each boot.'),
  reboot_command: word.optional().describe('The command that reboots; shutdown without it.'),
  search_paths: words
    .default(['/sbin', '/bin', '/usr/sbin', '/usr/bin', '/usr/local/sbin'])
    .describe('Where shutdown is looked for.'),
})

type Wanted = z.infer<typeof schema>

/** How long the host may take to answer a command of a word or two. Seconds. */
const patience = 15

/** reboot: boots a host anew and waits until it is back. */
export const reboot = controllerModule<Wanted>({
  name: 'reboot',
  summary: 'Boots the host anew and waits until it is back: until it has another boot id and a command runs.',
  topic: 'system',
  example: {name: 'New kernel', reboot: {reboot_timeout: 300}},
  schema,
  barrier: true,
  async run(wanted, controller) {
    const {remote, check, signal} = controller
    if (remote.local) throw new TaskError({message: 'this would reboot the machine that provision runs on'})
    if (check) return {changed: true, result: {rebooted: true, elapsed: 0}}
    const before = await bootOf(remote, wanted)
    const started = performance.now()
    await goDown(remote, wanted)
    await pause(wanted.post_reboot_delay * 1000, undefined, {signal})
    const back = () => hasBooted(remote, wanted, before)
    await inTime(wanted, controller, 'the host did not come back', back)
    await inTime(wanted, controller, 'test_command failed', () => passes(remote, wanted))
    return {changed: true, result: {rebooted: true, elapsed: Math.floor((performance.now() - started) / 1000)}}
  },
})

async function bootOf(remote: Remote, {boot_time_command}: Wanted): Promise<string> {
  const {stdout, stderr, exitCode} = await remote.run(writtenByUser(boot_time_command), {seconds: patience})
  if (exitCode === 0 && stdout.trim() !== '') return stdout.trim()
  throw new TaskError({message: 'boot_time_command failed', command: boot_time_command, exitCode, stdout, stderr})
}

/** That the link ends before the command has answered is what a reboot does. */
async function goDown(remote: Remote, wanted: Wanted): Promise<void> {
  await whyUnreachable(async () => {
    const {exitCode, stdout, stderr} = await remote.run(command(wanted), {seconds: patience, locked: true})
    if (exitCode !== 0) throw new TaskError({message: 'Reboot command failed', exitCode, stdout, stderr})
  })
}

function command({reboot_command, search_paths, pre_reboot_delay, msg}: Wanted): Shell {
  if (reboot_command !== undefined) return writtenByUser(reboot_command)
  return lines(
    sh`PATH=${search_paths.join(':')}; export PATH`,
    sh`shutdown -r ${`+${Math.floor(pre_reboot_delay / 60)}`} ${msg}`,
  )
}

/** Why the host is not back yet; undefined once it is. */
async function hasBooted(remote: Remote, wanted: Wanted, before: string): Promise<string | undefined> {
  let now = before
  const why = await whyUnreachable(async () => {
    await remote.reopen(wanted.connect_timeout)
    now = (await remote.run(writtenByUser(wanted.boot_time_command), {seconds: patience})).stdout.trim()
  })
  return why ?? (now === '' || now === before ? 'it has not booted anew' : undefined)
}

async function passes(remote: Remote, {test_command, connect_timeout}: Wanted): Promise<string | undefined> {
  let failed: string | undefined
  const why = await whyUnreachable(async () => {
    const {exitCode, stderr} = await remote.run(writtenByUser(test_command), {seconds: patience})
    if (exitCode !== 0) failed = stderr.trim() || `exit code ${exitCode}`
  })
  if (why !== undefined) await whyUnreachable(() => remote.reopen(connect_timeout))
  return why ?? failed
}

/** Tries until there is no reason left, each second. Throws TaskError when the time is over. */
async function inTime(
  {reboot_timeout, pre_reboot_delay}: Wanted,
  {signal}: Controller,
  what: string,
  attempt: () => Promise<string | undefined>,
): Promise<void> {
  const until = performance.now() + (reboot_timeout + pre_reboot_delay) * 1000
  for (;;) {
    const why = await attempt()
    if (why === undefined) return
    if (performance.now() > until) throw new TaskError({message: `${what} in ${reboot_timeout} seconds: ${why}`})
    await pause(1000, undefined, {signal})
  }
}
