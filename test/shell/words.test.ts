import {execFileSync} from 'node:child_process'
import {expect, it, test} from 'vitest'
import {shellWords, splitWords} from '../../src/shell/words.ts'

/** How a real shell splits them. */
function shell(text: string): readonly string[] {
  return execFileSync('sh', ['-c', `printf '%s\\0' ${text}`], {encoding: 'utf8'})
    .split('\0')
    .slice(0, -1)
}

test.each([
  '-o ServerAliveInterval=30   -J me@jump:2222',
  `-o ProxyCommand="ssh -W %h:%p -q jump"`,
  `-o 'ProxyCommand ssh -W %h:%p jump' -C`,
  `-i /tmp/a\\ key -o User="a\\"b" -o Name=it\\'s`,
  `"" ''x a#b`,
  `'a b'c "d \\"e\\" f"`,
])('splits %s as a shell does', text => {
  expect(splitWords(text)).toEqual(shell(text))
})

it('expands nothing', () => expect(splitWords('"$f" $g "\\$h"')).toEqual(['$f', '$g', '\\$h']))

it('knows where words begin, and where a comment does', () => {
  expect(shellWords(`web1  color="dark # red" # why`, {comments: true})).toEqual([
    {text: 'web1', column: 1},
    {text: 'color=dark # red', column: 7},
  ])
})

it.each(["it's", '"a', 'a\\'])('has no words for %s', text => expect(splitWords(text)).toBeUndefined())

it('has an empty list for an empty line', () => expect(splitWords('')).toEqual([]))
