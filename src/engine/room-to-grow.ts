import {setFlagsFromString} from 'node:v8'

let busy = 0

/**
 * Does work that makes much garbage outside the heap, such as the packets of a large file. V8 takes it for a heap that has grown,
 * and goes through all objects ten times a second, which costs a sixth of the throughput; meanwhile the heap may become three times as large.
 */
export async function withRoomToGrow<Result>(work: () => Promise<Result>): Promise<Result> {
  if (busy++ === 0) setFlagsFromString('--heap-growing-percent=200')
  try {
    return await work()
  } finally {
    // Back to what V8 finds right itself.
    if (--busy === 0) setFlagsFromString('--heap-growing-percent=0')
  }
}
