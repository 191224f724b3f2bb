import {expect, test} from 'vitest'
import {spaceOf} from '../../src/template/space.ts'

const usual = {trimBlocks: true, lstripBlocks: false}

test('the first line says what becomes of space, and is no part of the template', () => {
  const {space, text} = spaceOf('#jinja2: lstrip_blocks: True, trim_blocks:False\nrest\n', usual)
  expect({space, text}).toEqual({space: {trimBlocks: false, lstripBlocks: true}, text: 'rest\n'})
})

test('what is not said there stays as the task says', () => {
  expect(spaceOf('#jinja2:trim_blocks: False', usual).space).toEqual({trimBlocks: false, lstripBlocks: false})
  expect(spaceOf('# comment\n', usual)).toEqual({space: usual, text: '# comment\n'})
})
