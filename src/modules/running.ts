import {z} from 'zod'
import type {Output, Values} from '../module.ts'
import {raw, type Shell, sh} from '../shell/shell.ts'
import {bool, fromHome, path} from './arguments.ts'

/** The arguments that all modules share which run what the user wrote. */
export const running = {
  chdir: path.optional().describe('Directory to run in.'),
  creates: z.string().min(1).overwrite(fromHome).optional().describe('Path or glob; when it exists, nothing is run.'),
  removes: z
    .string()
    .min(1)
    .overwrite(fromHome)
    .optional()
    .describe('Path or glob; when it does not exist, nothing is run.'),
  stdin: z.string().optional().describe('What the command reads.'),
  stdin_add_newline: bool.default(true).describe('Ends stdin by a newline.'),
}

const shape = z.strictObject(running)

/** What is said about a run besides the command. */
export type Running = z.infer<typeof shape>

/** Whether a command is to be run; `reason` says why not. */
export type RunState = {readonly run: boolean; readonly reason: string}

/** Asks whether what the command creates is there, and what it removes is gone. */
export function askRun({chdir, creates, removes}: Running): Shell {
  return sh`(
${raw(chdir === undefined ? sh`` : sh`cd ${chdir} 2>/dev/null`)}
some() { for p; do if [ -e "$p" ] || [ -L "$p" ]; then return 0; fi; done; return 1; }
${raw(creates === undefined ? sh`` : sh`if some ${raw(glob(creates))}; then echo created; exit; fi`)}
${raw(removes === undefined ? sh`` : sh`if ! some ${raw(glob(removes))}; then echo removed; exit; fi`)}
echo run
)`
}

/** Reads what askRun asked. */
export function readRun(answer: string, {creates, removes}: Running): RunState {
  if (answer === 'created') return {run: false, reason: `skipped, since ${creates} exists`}
  if (answer === 'removed') return {run: false, reason: `skipped, since ${removes} does not exist`}
  return {run: true, reason: ''}
}

/** Check mode says that a command would run when its arguments say what for. */
export function foreseeRun({creates, removes}: Running): 'changed' | 'skipped' {
  return creates === undefined && removes === undefined ? 'skipped' : 'changed'
}

/** Runs a command in its directory and with its stdin. */
export function runIn({chdir, stdin, stdin_add_newline}: Running, command: Shell): Shell {
  const inside = chdir === undefined ? command : sh`cd ${chdir} && ${raw(command)}`
  if (stdin === undefined) return sh`(${raw(inside)}) </dev/null`
  return sh`printf '%s' ${stdin_add_newline ? `${stdin}\n` : stdin} | (${raw(inside)})`
}

/** What a run leaves in `register`, with Ansible's names. */
export function runResult(state: RunState, cmd: string | readonly string[], output: Output | undefined): Values {
  if (!output)
    return {cmd, rc: 0, stdout: state.reason, stdout_lines: linesOf(state.reason), stderr: '', stderr_lines: []}
  const stdout = output.stdout.replace(/[\r\n]+$/, '')
  const stderr = output.stderr.replace(/[\r\n]+$/, '')
  const msg = output.exitCode === 0 ? '' : 'non-zero return code'
  return {cmd, rc: output.exitCode, stdout, stdout_lines: linesOf(stdout), stderr, stderr_lines: linesOf(stderr), msg}
}

/** Splits off the `creates=… chdir=…` that Ansible allows in free text. */
export function splitFreeForm(text: string): {
  readonly command: string
  readonly named: {readonly [name: string]: string}
} {
  const option = /(?:^|\s)(creates|removes|chdir|executable|stdin)=("[^"]*"|'[^']*'|\S+)/g
  const named = Object.fromEntries([...text.matchAll(option)].map(([, name, value]) => [name, unquote(value ?? '')]))
  return {command: text.replace(option, '').trim(), named}
}

function linesOf(text: string): readonly string[] {
  return text === '' ? [] : text.split(/\r?\n/)
}

// Every character but those of globs stands for itself.
function glob(pattern: string): Shell {
  return pattern
    .split(/([*?[\]])/)
    .map(part => (/^[*?[\]]$/.test(part) ? globCharacter(part) : part === '' ? sh`` : sh`${part}`))
    .reduce((left, right) => sh`${raw(left)}${raw(right)}`, sh``)
}

function globCharacter(character: string): Shell {
  if (character === '*') return sh`*`
  if (character === '?') return sh`?`
  return character === '[' ? sh`[` : sh`]`
}

function unquote(value: string): string {
  return /^(["']).*\1$/s.test(value) ? value.slice(1, -1) : value
}
