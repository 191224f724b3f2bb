import {readFile} from 'node:fs/promises'
import {connect} from 'node:net'
import {setTimeout as pause} from 'node:timers/promises'
import {TaskError} from '../errors.ts'
import type {Values} from '../module.ts'
import {inVain} from './await-state.ts'
import type {Awaited} from './awaited.ts'

/** Waits where provision runs; throws TaskError when the time is over. */
export async function waitFromOutside(wanted: Awaited, signal: AbortSignal): Promise<{result: Values}> {
  const {host, port, path, state, search_regex} = wanted
  if (state === 'drained')
    throw new TaskError({message: 'state: drained is for tasks on the host itself', hint: 'leave delegate_to out'})
  const begun = Date.now()
  const elapsed = () => Math.floor((Date.now() - begun) / 1000)
  await pause(wanted.delay * 1000, undefined, {signal})
  if (port === undefined && path === undefined) await pause(wanted.timeout * 1000, undefined, {signal})
  else
    while (!(await isSo(wanted))) {
      if (elapsed() >= wanted.timeout) throw new TaskError({message: inVain(wanted)})
      await pause(wanted.sleep * 1000, undefined, {signal})
    }
  return {
    result: {
      host,
      port: port ?? null,
      path: path ?? null,
      state,
      search_regex: search_regex ?? null,
      elapsed: elapsed(),
    },
  }
}

async function isSo(wanted: Awaited): Promise<boolean> {
  const {path, search_regex, state} = wanted
  const isExpected = ['started', 'present'].includes(state)
  const expected = search_regex === undefined || !isExpected ? undefined : new RegExp(search_regex, 'm')
  const found = path === undefined ? await answers(wanted, expected) : await holds(path, expected)
  return found === isExpected
}

async function holds(path: string, expected: RegExp | undefined): Promise<boolean> {
  try {
    const content = await readFile(path, 'latin1')
    return expected?.test(content) ?? true
  } catch (error) {
    // A folder is there, too.
    return error instanceof Error && 'code' in error && error.code === 'EISDIR' && !expected
  }
}

/** Whether the port takes a connection and, where asked for, says what it should. */
function answers({host, port = 0, connect_timeout}: Awaited, expected: RegExp | undefined): Promise<boolean> {
  let heard = ''
  return new Promise(resolve => {
    const socket = connect({host, port, noDelay: true})
    const end = (answer: boolean) => {
      socket.destroy()
      resolve(answer)
    }
    socket.setTimeout(connect_timeout * 1000, () => end(false))
    socket.once('error', () => end(false))
    socket.once('end', () => end(false))
    socket.once('connect', () => {
      if (!expected) end(true)
    })
    socket.on('data', data => {
      heard += data.toString('latin1')
      if (expected?.test(heard)) end(true)
    })
  })
}
