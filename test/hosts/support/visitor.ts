import {setTimeout as wait} from 'node:timers/promises'
import type {SandboxHost} from '../../../src/sandbox/sandbox.ts'
import {https} from './look.ts'

/** What came of the visits: how many there were, and how those went that got no 200. */
export type Visits = {readonly count: number; readonly failed: readonly string[]}

/** Somebody who asks a site 10 times a second, each time over a new connection, until told to leave. */
export class Visitor {
  readonly #host: SandboxHost
  readonly #domain: string
  readonly #leaving = new AbortController()
  readonly #failed: string[] = []
  readonly #open: Promise<void>[] = []
  readonly #round: Promise<void>

  constructor(host: SandboxHost, domain: string) {
    this.#host = host
    this.#domain = domain
    this.#round = this.#stay()
  }

  /** Ends the visits, prints their number, and tells how they went. */
  async leave(): Promise<Visits> {
    this.#leaving.abort()
    await this.#round
    await Promise.all(this.#open)
    console.log(`${this.#open.length} requests to ${this.#domain}, ${this.#failed.length} failed`)
    return {count: this.#open.length, failed: this.#failed}
  }

  async #stay(): Promise<void> {
    const {signal} = this.#leaving
    while (!signal.aborted) {
      this.#open.push(this.#visit())
      await wait(100, undefined, {signal}).catch(() => {})
    }
  }

  async #visit(): Promise<void> {
    try {
      const {status} = await https(this.#host, this.#domain, '/health')
      if (status !== 200) this.#failed.push(String(status))
    } catch (error) {
      this.#failed.push(String(error))
    }
  }
}
