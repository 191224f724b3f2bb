import type {Result} from './matrix.ts'
import type {ScaleResult} from './scale.ts'
import {isNearest} from './settings.ts'

/** Something that must hold, and whether it does. */
export type Judged = {readonly what: string; readonly figure: string; readonly holds: boolean}

/** Judges the figures: how near the floor we are, how near scp, and how much memory many hosts take. */
export function judge(results: readonly Result[], scales: readonly ScaleResult[]): readonly Judged[] {
  return [
    ...results.filter(isOurs).flatMap(result => toFloor(result, results)),
    ...throughput(results.filter(isNearest)),
    ...scales.filter(({hosts}) => hosts === 200).map(memory),
  ]
}

function isOurs({tool}: Result): boolean {
  return tool === 'provision'
}

function toFloor(ours: Result, results: readonly Result[]): readonly Judged[] {
  const floor = results.findLast(one => one.tool === 'floor' && isAlike(one, ours))
  if (!floor || ours.work.endsWith('MB file') || ours !== results.findLast(one => isOurs(one) && isAlike(one, ours)))
    return []
  const ratio = ours.seconds / floor.seconds
  const limit = limitOf(ours)
  const what = `${ours.work}, ${ours.hosts} host${ours.hosts === 1 ? '' : 's'}, ${ours.roundTrip} ms: at most ${limit} times the floor`
  return [{what, figure: `${ratio.toFixed(2)} times`, holds: ratio <= limit}]
}

/** How many bytes pass in a second, beside scp: what the 198 MB more take that the large file has, start and login apart. */
function throughput(results: readonly Result[]): readonly Judged[] {
  const rate = (tool: string) => {
    const seconds = (work: Result['work']) =>
      results.findLast(one => one.tool === tool && one.work === work)?.seconds ?? Number.NaN
    return 198 / (seconds('200 MB file') - seconds('2 MB file'))
  }
  const [ours, scp] = [rate('provision'), rate('floor')]
  if (Number.isNaN(ours) || Number.isNaN(scp)) return []
  const figure = `${((100 * ours) / scp).toFixed(0)} % (${ours.toFixed(0)} of ${scp.toFixed(0)} MB/s)`
  return [{what: "200 MB file: at least 80 % of scp's throughput", figure, holds: ours >= 0.8 * scp}]
}

/** Node must start: near one host, that weighs most. */
function limitOf({hosts, roundTrip}: Result): number {
  return hosts === 1 && roundTrip === 0 ? 2.5 : 1.5
}

function memory({megabytes}: ScaleResult): Judged {
  return {what: '200 hosts: under 150 MB', figure: `${megabytes.toFixed(0)} MB`, holds: megabytes < 150}
}

function isAlike(one: Result, other: Result): boolean {
  return one.work === other.work && one.hosts === other.hosts && one.roundTrip === other.roundTrip
}
