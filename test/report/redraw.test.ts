import {PassThrough} from 'node:stream'
import {expect, test} from 'vitest'
import {Redraw} from '../../src/report/redraw.ts'

test('a terminal that became narrower has its broken lines erased before the next frame', () => {
  const terminal = Object.assign(new PassThrough(), {columns: 20})
  const redraw = new Redraw(terminal)
  redraw.write('0123456789abcdef\nshort\n')
  redraw.write('second\n')
  expect(String(terminal.read())).toBe('0123456789abcdef\nshort\nsecond\n')
  redraw.write('0123456789abcdef\n\u001B[31mred, but short\u001B[39m\n')
  terminal.read()
  terminal.columns = 15
  redraw.write('next\n')
  redraw.write('last\n')
  expect(String(terminal.read())).toBe('\u001B[2K\u001B[1Anext\nlast\n')
})
