import {type ChildProcess, execFileSync, spawn} from 'node:child_process'
import {existsSync, mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {createInterface} from 'node:readline'
import {WebSocket} from 'ws'

/** What a browser tells and does, as its protocol has it. */
export type Browser = {
  /** Calls a method of the protocol on the page; throws what the browser answers for an error. */
  call(method: string, params?: object): Promise<Answer>
  /** All events since the browser began. */
  readonly events: readonly BrowserEvent[]
  /** Waits for the next event of a name, a minute at the most. */
  next(method: string): Promise<void>
  close(): Promise<void>
}

type Answer = {readonly [name: string]: unknown}
type BrowserEvent = {readonly method: string; readonly params: Answer}

const program = '/usr/bin/chromium'

/** Starts Debian's Chromium without a window, and one empty page in it; installs it when it is not there. */
export async function browser(): Promise<Browser> {
  if (!existsSync(program)) install()
  const folder = mkdtempSync(join(tmpdir(), 'provision-browser-'))
  const flags = [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--remote-debugging-port=0',
    `--user-data-dir=${folder}`,
  ]
  const child = spawn(program, flags, {stdio: ['ignore', 'ignore', 'pipe']})
  const socket = new WebSocket(await addressOf(child))
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
  const ended = new Promise(resolve => child.once('exit', resolve))
  const close = async () => {
    socket.close()
    child.kill()
    await ended
    rmSync(folder, {recursive: true, force: true, maxRetries: 5})
  }
  return {...(await onePage(socket)), close}
}

function install(): void {
  console.log('Installing chromium from Debian, about 115 MB.')
  execFileSync('apt-get', ['update', '-qq'], {stdio: 'inherit'})
  execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], {stdio: 'inherit'})
}

async function addressOf({stderr}: ChildProcess): Promise<string> {
  if (stderr === null) throw new Error('the browser has no stderr')
  for await (const line of createInterface({input: stderr})) {
    const address = /^DevTools listening on (ws:.*)$/.exec(line)?.[1]
    if (address !== undefined) return address
  }
  throw new Error('the browser ended without saying where it listens')
}

async function onePage(socket: WebSocket): Promise<Omit<Browser, 'close'>> {
  const events: BrowserEvent[] = []
  const waiting = new Map<number, (message: {result?: Answer; error?: {message: string}}) => void>()
  const hearing = new Set<(event: BrowserEvent) => void>()
  socket.on('message', data => {
    const message = JSON.parse(String(data))
    if (message.id !== undefined) return waiting.get(message.id)?.(message)
    events.push(message)
    for (const hear of hearing) hear(message)
  })
  let id = 0
  const send = (method: string, params: object, session?: unknown) =>
    new Promise<Answer>((resolve, reject) => {
      id += 1
      waiting.set(id, ({result, error}) =>
        error ? reject(new Error(`${method}: ${error.message}`)) : resolve(result ?? {}),
      )
      socket.send(JSON.stringify({id, method, params, sessionId: session}))
    })
  const {targetId} = await send('Target.createTarget', {url: 'about:blank'})
  const {sessionId} = await send('Target.attachToTarget', {targetId, flatten: true})
  const next = (method: string) =>
    new Promise<void>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`no ${method} within a minute`)), 60_000)
      const hear = (event: BrowserEvent) => {
        if (event.method !== method) return
        clearTimeout(late)
        hearing.delete(hear)
        resolve()
      }
      hearing.add(hear)
    })
  return {call: (method, params = {}) => send(method, params, sessionId), events, next}
}
