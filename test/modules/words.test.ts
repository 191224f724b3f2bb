import {expect, it} from 'vitest'
import {splitFreeForm} from '../../src/modules/running.ts'
import {splitWords} from '../../src/modules/words.ts'

it.each([
  ['echo a  b', ['echo', 'a', 'b']],
  [`echo 'a b'c "d \\"e\\" $f"`, ['echo', 'a bc', 'd "e" $f']],
  ["touch '' a\\ b", ['touch', '', 'a b']],
  ['', []],
  ["it's", undefined],
])('splits %j as a shell does', (command, words) => expect(splitWords(command)).toEqual(words))

it('takes what Ansible lets stand in free text out of it', () => {
  expect(splitFreeForm('make install chdir="/srv/a b" creates=/usr/bin/x')).toEqual({
    command: 'make install',
    named: {chdir: '/srv/a b', creates: '/usr/bin/x'},
  })
})
