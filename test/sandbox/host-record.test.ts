import {expect, test} from 'vitest'
import {UsageError} from '../../src/errors.ts'
import {checkNames, parseHostRecord} from '../../src/sandbox/host-record.ts'

const record = {name: 'chat1', address: '198.18.0.11', release: 'trixie', images: 'hub', base: '/cache/base-trixie'}

test('a record that was written is read back', () => {
  expect(parseHostRecord(JSON.stringify(record), 'host.json')).toEqual(record)
})

test.each([
  ['text that is no JSON', '{"name": "cha'],
  ['null', 'null'],
  ['a record without an address', JSON.stringify({...record, address: undefined})],
  ['a number for a name', JSON.stringify({...record, name: 1})],
  ['an unknown release', JSON.stringify({...record, release: 'sid'})],
  ['an unknown image source', JSON.stringify({...record, images: 'elsewhere'})],
])('%s is not a record', (_, text) => {
  expect(() => parseHostRecord(text, 'host.json')).toThrow('host.json is not the record of a sandbox host')
})

test.each(['a', 'chat1', 'chat-1', 'a'.repeat(32)])('%s can name a host', name => {
  expect(() => checkNames([name])).not.toThrow()
})

test.each(['', '1chat', 'Chat', 'chat-', 'chat.1', '../chat', 'a b', 'a'.repeat(33)])(
  '"%s" cannot name a host',
  name => {
    expect(() => checkNames(['good', name])).toThrow(UsageError)
  },
)
