import {expect, test} from 'vitest'
import {withLock} from '../src/lock.ts'

const name = `lock-test-${process.pid}`

test('one action waits for the other, says so once, and then runs', async () => {
  const events: string[] = []
  let finishFirst = () => {}
  const firstMayEnd = new Promise<void>(resolve => {
    finishFirst = resolve
  })
  const say = (line: string) => {
    events.push(line)
    finishFirst()
  }
  const first = withLock(name, say, async () => {
    events.push('first begins')
    const second = withLock(name, say, async () => {
      events.push('second')
    })
    await firstMayEnd
    events.push('first ends')
    return {second}
  })
  await (await first).second
  expect(events).toEqual([
    'first begins',
    `waiting for another process on this machine that holds the lock "${name}"`,
    'first ends',
    'second',
  ])
})

test('a failing action lets the next one in', async () => {
  const failing = withLock(
    name,
    () => {},
    () => Promise.reject(new Error('broken')),
  )
  await expect(failing).rejects.toThrow('broken')
  expect(
    await withLock(
      name,
      () => {},
      async () => 'next',
    ),
  ).toBe('next')
})
