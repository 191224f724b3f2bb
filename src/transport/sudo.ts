import {randomBytes} from 'node:crypto'
import type {ClientChannel} from 'ssh2'
import {UnreachableError} from '../errors.ts'
import {type Shell, sh} from '../shell/shell.ts'
import {ShellSession, streamsOf} from './shell-session.ts'
import type {RemoteShell, Target} from './transport.ts'

/** sudo said no; `wantsPassword`: to no password, or to a wrong one. */
export class SudoRefused extends UnreachableError {
  readonly wantsPassword: boolean
  constructor(host: string, message: string, hint: string) {
    super(host, message, hint)
    this.wantsPassword = /(?:password|terminal) is (?:required|wrong)/.test(message)
  }
}

type Exec = (command: string) => Promise<ClientChannel>

/**
 * Opens root's sh by sudo. With a password: on stdin, after sudo's prompt (a word nobody can guess) was seen. Without one
 * nothing but sh reads stdin, so that the first script need not wait for sudo: its refusal is told by the first run.
 */
export async function openRootShell(target: Target, exec: Exec): Promise<RemoteShell> {
  const ready = `@${randomBytes(8).toString('hex')}`
  const channel = await exec(command(target, ready, sh`exec sh`))
  const root = untilRoot(target, channel, ready)
  if (target.becomePassword !== undefined) await root
  const session = new ShellSession(streamsOf(channel))
  if (target.becomePassword !== undefined) return session
  root.catch(() => {})
  return {
    run: async (script, onLine) => {
      const ran = session.run(script, line => (line === ready ? undefined : onLine(line)))
      await Promise.all([root, ran])
    },
    get stderr() {
      return session.stderr
    },
  }
}

/** Runs a program as root by sudo, on a channel whose stdin and stdout are the program's from then on. */
export async function openRootChannel(target: Target, exec: Exec, program: Shell): Promise<ClientChannel> {
  const ready = `@${randomBytes(8).toString('hex')}`
  const channel = await exec(command(target, ready, program))
  await untilRoot(target, channel, ready)
  return channel
}

function command(target: Target, ready: string, program: Shell): string {
  const how = target.becomePassword === undefined ? '-n' : `-S -p ${ready}?`
  return `sudo ${how} -H -- ${sh`sh -c ${`echo ${ready}; ${program}`}`}`
}

/** Waits for the root shell's greeting; gives the password once. Bounded by the target's connect timeout. */
function untilRoot(target: Target, channel: ClientChannel, ready: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let out = ''
    let errors = ''
    let asked = 0
    const fail = (reason: string) => {
      finish()
      channel.destroy()
      reject(denied(target, reason))
    }
    const onOut = (chunk: Buffer) => {
      out += chunk.toString('latin1')
      if (out.includes(`${ready}\n`)) {
        finish()
        resolve()
      }
    }
    const onError = (text: string) => {
      errors += text
      const prompts = errors.split(`${ready}?`).length - 1
      if (prompts > 1) return fail('the become password is wrong')
      if (prompts > asked) channel.write(`${target.becomePassword}\n`)
      asked = prompts
    }
    const onClose = () => fail(errors.replaceAll(`${ready}?`, '').trim() || 'sudo ended without a word')
    const timer = setTimeout(
      () => fail(`no answer from sudo in ${target.connectTimeout} s`),
      target.connectTimeout * 1000,
    )
    const finish = () => {
      clearTimeout(timer)
      channel.off('data', onOut).off('close', onClose)
      channel.stderr.off('data', onError)
    }
    channel.on('data', onOut).on('close', onClose)
    channel.stderr.setEncoding('utf8').on('data', onError)
  })
}

function denied(target: Target, said: string): SudoRefused {
  const reason = /sudo:.*not found/.test(said) ? 'sudo is not installed there' : said
  const [, hint] = hints.find(([pattern]) => pattern.test(reason)) ?? []
  return new SudoRefused(
    target.host,
    `${target.user} cannot become root: ${reason}`,
    hint ?? 'allow it in sudoers, or connect as root with ansible_user: root',
  )
}

const hints: readonly (readonly [RegExp, string])[] = [
  [/not installed/, 'install sudo on the host, or connect as root with ansible_user: root'],
  [/password is wrong/, 'correct ansible_become_password, or leave it out and type it: --ask-become-pass'],
  [
    /(?:password|terminal) is required/,
    'give it with --ask-become-pass or ansible_become_password, or allow sudo without one',
  ],
]
