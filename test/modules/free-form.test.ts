import {expect, it} from 'vitest'
import {splitFreeForm} from '../../src/modules/running.ts'

it('takes what Ansible lets stand in free text out of it', () => {
  expect(splitFreeForm('make install chdir="/srv/a b" creates=/usr/bin/x')).toEqual({
    command: 'make install',
    named: {chdir: '/srv/a b', creates: '/usr/bin/x'},
  })
})
