import {randomBytes} from 'node:crypto'
import {setTimeout as wait} from 'node:timers/promises'
import {UnreachableError} from '../errors.ts'
import {lines, type Shell} from '../shell/shell.ts'
import {type Connection, LinkLost, type RemoteShell, type Target, type Transport} from '../transport/transport.ts'
import {bounded} from './bounded.ts'
import {isRefusal, refusal} from './busy.ts'
import {cleanUp, disarm, feed, type Run, stop, withLock} from './delivery.ts'
import {runDetached} from './detached.ts'
import {type Frame, FrameReader, makeNonce} from './frames.ts'
import {forgetScript} from './script.ts'
import {unstage} from './staging.ts'

/** How long a lost link is tried again, in milliseconds. */
const patience = 60_000

/** Makes a script for a nonce: the word that begins its frames. */
export type MakeScript = (nonce: string) => Shell

/** How a link is made, and whom it tells that it is. */
export type LinkOptions = {
  readonly transport: Transport
  /** Whose shell runs the scripts. */
  readonly privilege: 'login' | 'root'
  /** Whether no other run may change the host meanwhile. */
  readonly locks: boolean
  readonly connecting: () => void
  readonly run: string
}

/** The way to one host during a run: counts round trips, holds the host's lock, and survives a dropped link. One script runs at a time, whoever asks. */
export class Link {
  readonly runId = randomBytes(6).toString('hex')
  /** The run that it is a part of, whose links do not keep each other out of a machine. */
  readonly whole: string
  /** Bounds how many hosts are asked at once. */
  slots: ((work: () => Promise<void>) => Promise<void>) | undefined
  trips = 0
  readonly #target: Target
  readonly #options: LinkOptions
  #connection: Connection | undefined
  #opening: Promise<Connection> | undefined
  #shell: RemoteShell | undefined
  #scripts = 0
  #turn: Promise<unknown> = Promise.resolve()
  #staged = false
  readonly #forgotten = new Set<string>()

  constructor(target: Target, options: LinkOptions) {
    this.#target = target
    this.#options = options
    this.whole = options.run
  }

  /** The user whose shell runs the scripts. */
  get user(): string {
    return this.#options.privilege === 'root' ? 'root' : this.#target.user
  }

  /** The host is this machine. */
  get local(): boolean {
    return this.#target.connection === 'local'
  }

  /** Begins to connect, if that has not been done; that it failed is told to whoever needs the link first. */
  begin(): void {
    if (this.#connection) return
    this.#opening ??= this.#connect()
    this.#opening.catch(() => {})
  }

  /** What the host's shell wrote to stderr: why a script did not begin, or did not get to its end. */
  get said(): string {
    return this.#shell?.stderr.trim() ?? ''
  }

  /** Connects, if that has not been done. Throws UnreachableError. */
  async #open(): Promise<Connection> {
    if (this.#connection) return this.#connection
    const opening = this.#opening ?? this.#connect()
    this.#opening = undefined
    this.#connection = await opening
    return this.#connection
  }

  #connect(): Promise<Connection> {
    if (this.trips === 0) this.#options.connecting()
    return this.#options.transport.connect(this.#target)
  }

  /** Ends the connection, once what the scripts left in their folders is removed: secrets may be in it. */
  async close(): Promise<void> {
    // A host that is out of reach keeps it until it starts anew: the folder lies in memory, and only its user reads it.
    const tidied = this.#scripts + this.#forgotten.size > 0 ? this.#shell?.run(this.#tidy(), () => {}) : undefined
    await bounded(this.#target.host, tidied ?? Promise.resolve(), 5000).catch(() => {})
    const begun = await this.#opening?.catch(() => undefined)
    await (this.#connection ?? begun)?.close()
    this.#connection = undefined
    this.#opening = undefined
    this.#shell = undefined
  }

  /** Has the notes of these handlers removed with all else that the run leaves: no later run is to call them. */
  forget(handlers: readonly string[]): void {
    for (const name of handlers) this.#forgotten.add(name)
  }

  /** Lets go of the host once all that it was asked so far is done; whoever needs it again connects again. */
  rest(): Promise<void> {
    return this.#inTurn(() => this.close())
  }

  /** Has the script that is at work stop before its next task. */
  async stop(): Promise<void> {
    if (this.#scripts === 0) return
    const shell = await this.#connection?.shell(this.#options.privilege)
    await shell?.run(stop(this.#run), () => {})
  }

  /** Asks: one trip, nothing on the host changes. A lost link is opened again once. */
  look(makeScript: MakeScript, onFrame: (frame: Frame) => void): Promise<void> {
    const ask = () => {
      const nonce = makeNonce()
      const reader = new FrameReader(nonce, onFrame)
      return bounded(
        this.#target.host,
        this.#send(feed(nonce, makeScript(nonce)), line => reader.line(line)),
      )
    }
    return this.#inTurn(() =>
      ask().catch(async (error: unknown) => {
        await this.#reconnect(error)
        await ask()
      }),
    )
  }

  /** Runs one script: one trip. With `locked`, no other run may be at work. Throws UnreachableError when the link ends meanwhile. */
  run(makeScript: MakeScript, onFrame: (frame: Frame) => void, {seconds = 0, locked = false}): Promise<void> {
    const nonce = makeNonce()
    const refused: Frame[] = []
    const reader = new FrameReader(nonce, frame => (isRefusal(frame) ? refused.push(frame) : onFrame(frame)))
    const script = feed(nonce, makeScript(nonce))
    const whole = locked && this.#options.locks ? withLock(nonce, this.#run, script) : script
    return this.#inTurn(async () => {
      try {
        const asking = this.#send(whole, line => reader.line(line))
        await bounded(this.#target.host, asking, seconds * 1000 || undefined)
      } catch (error) {
        throw error instanceof LinkLost ? new UnreachableError(this.#target.host, error.message) : error
      }
      if (refused[0]) throw refusal(refused[0])
    })
  }

  /** Gives the connection up and makes a new one, which may take so many seconds. Throws UnreachableError. */
  reopen(seconds?: number): Promise<void> {
    return this.#inTurn(async () => {
      // What was only begun is not waited for: the host may be away.
      this.#opening?.then(begun => begun.close()).catch(() => {})
      this.#opening = undefined
      await this.#connection?.close()
      this.#connection = undefined
      this.#shell = undefined
      const target = seconds === undefined ? this.#target : {...this.#target, connectTimeout: seconds}
      this.#connection = await this.#options.transport.connect(target)
      this.#shell = await this.#connection.shell(this.#options.privilege)
    })
  }

  /** Applies: one trip, and more where the link is lost. Throws TaskError when another run holds the host's lock. */
  apply(makeScript: MakeScript, onFrame: (frame: Frame) => void): Promise<void> {
    return this.#inTurn(() => this.#apply(makeScript, onFrame))
  }

  #apply(makeScript: MakeScript, onFrame: (frame: Frame) => void): Promise<void> {
    this.#scripts++
    const way = {
      send: (script: Shell, onLine: (line: string) => void) => this.#send(script, onLine),
      reconnect: (error: unknown) => this.#reconnect(error),
    }
    return runDetached({run: this.#run, makeScript, locks: this.#options.locks}, way, onFrame)
  }

  /** Streams bytes into a script on the host, on a channel of its own; gives what the script printed. A lost link is opened again once. */
  async send(script: Shell, content: () => AsyncIterable<Uint8Array>): Promise<string> {
    this.trips++
    this.#staged = true
    const send = async () => (await this.#open()).send(this.#options.privilege, script, content())
    return send().catch(async (error: unknown) => {
      await this.#reconnect(error)
      return send()
    })
  }

  /** Whether a new connection, made from the start, gets a shell: nobody is locked out. Then the armed revert is cancelled. */
  async confirm(): Promise<boolean> {
    try {
      const fresh = await this.#options.transport.connect(this.#target)
      const shell = await fresh.shell(this.#options.privilege)
      this.trips++
      await shell.run(disarm(this.runId), () => {})
      await fresh.close()
      return true
    } catch (error) {
      if (error instanceof UnreachableError || error instanceof LinkLost) return false
      throw error
    }
  }

  get #run(): Run {
    return {id: this.runId, script: this.#scripts, whole: this.whole}
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#turn.then(() => (this.slots ? this.slots(work) : work()))
    this.#turn = done.catch(() => {})
    return done
  }

  #tidy(): Shell {
    const forgotten = forgetScript([...this.#forgotten])
    this.#forgotten.clear()
    return lines(cleanUp(this.runId), forgotten, ...(this.#staged ? [unstage(this.runId)] : []))
  }

  async #send(script: Shell, onLine: (line: string) => void): Promise<void> {
    const connection = await this.#open()
    this.#shell ??= await connection.shell(this.#options.privilege)
    this.trips++
    await this.#shell.run(script, onLine)
  }

  async #reconnect(lost: unknown): Promise<void> {
    if (!(lost instanceof LinkLost)) throw lost
    const until = Date.now() + patience
    await this.#connection?.close()
    this.#shell = undefined
    for (;;) {
      this.#connection = undefined
      try {
        await this.#open()
        return
      } catch (error) {
        if (!(error instanceof UnreachableError) || Date.now() > until) throw error
        await wait(1000)
      }
    }
  }
}
