import type {Result} from './matrix.ts'
import type {ScaleResult} from './scale.ts'

/** Something that must hold, and whether it does. */
export type Judged = {readonly what: string; readonly figure: string; readonly holds: boolean}

/** Judges the figures: how near the floor we are, how near scp, and how much memory many hosts take. */
export function judge(results: readonly Result[], scales: readonly ScaleResult[]): readonly Judged[] {
  return [
    ...results.filter(isOurs).flatMap(result => toFloor(result, results)),
    ...scales.filter(({hosts}) => hosts === 200).map(memory),
  ]
}

function isOurs({tool}: Result): boolean {
  return tool === 'provision'
}

function toFloor(ours: Result, results: readonly Result[]): readonly Judged[] {
  const floor = results.findLast(one => one.tool === 'floor' && isAlike(one, ours))
  if (!floor || ours !== results.findLast(one => isOurs(one) && isAlike(one, ours))) return []
  const ratio = ours.seconds / floor.seconds
  const limit = limitOf(ours)
  const beside = ours.work === '200 MB file' ? 'scp' : 'the floor'
  const what = `${ours.work}, ${ours.hosts} host${ours.hosts === 1 ? '' : 's'}, ${ours.roundTrip} ms: at most ${limit} times ${beside}`
  return [{what, figure: `${ratio.toFixed(2)} times`, holds: ratio <= limit}]
}

/** Node must start: near one host, that weighs most. 80 % of scp's throughput are 1.25 times its time. */
function limitOf({work, hosts, roundTrip}: Result): number {
  if (work === '200 MB file') return 1.25
  return hosts === 1 && roundTrip === 0 ? 2.5 : 1.5
}

function memory({megabytes}: ScaleResult): Judged {
  return {what: '200 hosts: under 150 MB', figure: `${megabytes.toFixed(0)} MB`, holds: megabytes < 150}
}

function isAlike(one: Result, other: Result): boolean {
  return one.work === other.work && one.hosts === other.hosts && one.roundTrip === other.roundTrip
}
