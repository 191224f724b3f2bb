/** Ctrl-C once stops after what is at work; twice ends at once (what runs on a host goes on there, or was not begun). */
export function interruption(): {readonly signal: AbortSignal; readonly stop: () => void} {
  const controller = new AbortController()
  const onSignal = () => {
    if (controller.signal.aborted) process.exit(130)
    process.stderr.write('\nStopping after the tasks at work; press Ctrl-C again to leave at once.\n')
    controller.abort()
  }
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal)
  return {signal: controller.signal, stop: () => process.off('SIGINT', onSignal).off('SIGTERM', onSignal)}
}
