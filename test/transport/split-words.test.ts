import {execFileSync} from 'node:child_process'
import {expect, test} from 'vitest'
import {splitWords} from '../../src/transport/split-words.ts'

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
  `"" ''x`,
])('splits %s as a shell does', text => {
  expect(splitWords(text)).toEqual(shell(text))
})
