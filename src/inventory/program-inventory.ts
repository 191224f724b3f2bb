import {execFile} from 'node:child_process'
import {promisify} from 'node:util'
import {ConfigError} from '../errors.ts'
import type {Value} from '../module.ts'
import {gather} from './gather.ts'
import type {Groups} from './groups.ts'
import {hostVariables, readJsonGroups} from './json-groups.ts'

const execute = promisify(execFile)

/** A program that says nothing for this long is stopped. Milliseconds. */
const patience = 120_000

/**
 * Runs an inventory that is a program, and reads the JSON that it prints for `--list` into `found`; where that has no
 * `_meta.hostvars`, it is asked for each host with `--host NAME`. Throws ConfigError.
 */
export async function readProgramInventory(file: string, found: Groups): Promise<void> {
  const {hosts, hasHostVariables} = readJsonGroups(await ask(file, ['--list']), file, found)
  if (hasHostVariables) return
  await gather([...hosts].map(host => askFor(host, file, found)))
}

async function askFor(host: string, file: string, found: Groups): Promise<void> {
  const printed = await ask(file, ['--host', host], '{}')
  found.hosts.get(host)?.vars.push(...hostVariables(printed, file, `--host ${host}`))
}

/** What the program prints; `silence` is what it means when it prints nothing. */
async function ask(file: string, args: readonly string[], silence = ''): Promise<Value> {
  const text = await output(file, args)
  try {
    return JSON.parse(text.trim() === '' ? silence : text)
  } catch (error) {
    const reason = String(error instanceof Error ? error.message : error).replace(/\s+/g, ' ')
    throw failure(file, `the inventory program did not print JSON for ${args.join(' ')}: ${reason}`)
  }
}

async function output(file: string, args: readonly string[]): Promise<string> {
  try {
    return (await execute(file, [...args], {timeout: patience, maxBuffer: 256 * 1024 * 1024})).stdout
  } catch (error) {
    throw failure(file, `the inventory program failed for ${args.join(' ')}: ${reasonOf(error)}`)
  }
}

function failure(file: string, message: string): ConfigError {
  return new ConfigError([{source: {file, line: 1, column: 1}, message, expected: 'JSON, and exit code 0'}])
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if ('killed' in error && error.killed) return `it did not end within ${patience / 1000} seconds`
  const stderr = 'stderr' in error && typeof error.stderr === 'string' ? error.stderr.trim() : ''
  const code = 'code' in error ? error.code : undefined
  if (typeof code === 'number') return `exit code ${code}${stderr && `: ${stderr}`}`
  if (code === 'ENOENT') return 'the interpreter in its first line does not exist'
  return code === 'EACCES' ? 'it may not be executed' : error.message
}
