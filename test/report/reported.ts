import {PassThrough} from 'node:stream'
import {text} from 'node:stream/consumers'
import type {RunEvent} from '../../src/engine/events.ts'
import {makeReport, type ReportOptions} from '../../src/report/report.ts'
import {Mask} from '../../src/secrets/mask.ts'

/** What a report writes for the events; the secret `sentinel-value` is known, the clock stands still. */
export async function reported(
  options: Pick<ReportOptions, 'output'> & Partial<ReportOptions & {stdout: PassThrough; stderr: PassThrough}>,
  events: readonly RunEvent[],
): Promise<{stdout: string; stderr: string}> {
  const {stdout = new PassThrough(), stderr = new PassThrough()} = options
  const mask = new Mask()
  mask.add('sentinel-value')
  const shown = {diff: false, verbosity: 0, color: false, mask: (line: string) => mask.apply(line), now: () => 0}
  const report = await makeReport({...shown, ...options, stdout, stderr})
  const written = Promise.all([text(stdout), text(stderr)])
  for (const event of events) report.listen(event)
  await report.close()
  stdout.end()
  stderr.end()
  const [out, err] = await written
  return {stdout: out, stderr: err}
}
