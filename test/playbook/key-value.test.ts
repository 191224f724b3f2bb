import {expect, it} from 'vitest'
import {splitKeyValues} from '../../src/playbook/key-value.ts'

it.each([
  ['src=a dest=/b', {free: '', pairs: {src: 'a', dest: '/b'}}],
  ['msg="two words" x=\'it\'', {free: '', pairs: {msg: 'two words', x: 'it'}}],
  ['msg="say \\"hi\\""', {free: '', pairs: {msg: 'say "hi"'}}],
  ['path={{ folder }}/x mode=0644', {free: '', pairs: {path: '{{ folder }}/x', mode: '0644'}}],
  ['path={{ a | default("b c") }}', {free: '', pairs: {path: '{{ a | default("b c") }}'}}],
  ['some text', {free: 'some text', pairs: {}}],
])('%s', (text, expected) => {
  expect(splitKeyValues(text)).toEqual(expected)
})

it('leaves free text alone but for the keys that are known', () => {
  expect(splitKeyValues('A=1  cmd --x="y z"  chdir=/tmp\nnext line', ['chdir'])).toEqual({
    free: 'A=1  cmd --x="y z"  next line',
    pairs: {chdir: '/tmp'},
  })
})
