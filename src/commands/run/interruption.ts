/** A run that can be interrupted. */
export type Interruption = {
  readonly signal: AbortSignal
  /** Stops listening for Ctrl-C. */
  readonly stop: () => void
}

/**
 * Ctrl-C once stops after the tasks at work; twice ends the process as any other that is interrupted, after `close` (what runs
 * on a host goes on there).
 */
export function interruption(close: () => Promise<void>): Interruption {
  const controller = new AbortController()
  const onSignal = (name: NodeJS.Signals) => {
    if (controller.signal.aborted) {
      stop()
      void close().finally(() => process.kill(process.pid, name))
      return
    }
    process.stderr.write('\nStopping after the tasks at work; press Ctrl-C again to leave at once.\n')
    controller.abort()
  }
  const stop = () => void process.off('SIGINT', onSignal).off('SIGTERM', onSignal)
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal)
  return {signal: controller.signal, stop}
}
