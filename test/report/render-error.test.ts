import {expect, test} from 'vitest'
import {Bug, ConfigError, TaskError, UnreachableError, UsageError} from '../../src/errors.ts'
import {exitCode, renderError} from '../../src/report/render-error.ts'
import {Mask} from '../../src/secrets/mask.ts'

const files: {readonly [file: string]: string} = {
  'site.yml': '- hosts: all\n  tasks:\n\t- aptt: {name: nginx}\n    when: sentinel-value and yes\n',
  'prod.yml': `all: ${'x'.repeat(150)} WRONG ${'y'.repeat(150)}\n`,
}

/** The error as it is shown, without colors. */
function shown(error: unknown): string {
  const mask = new Mask()
  mask.add('sentinel-value')
  return renderError(error, {color: false, readFile: file => files[file], mask: text => mask.apply(text)})
}

test('a problem shows its line, a caret, what was expected and the nearest right word', () => {
  const source = {file: 'site.yml', line: 3, column: 4}
  const problem = {
    source,
    message: 'unknown module aptt',
    expected: 'the name of a module',
    suggestion: 'Did you mean "apt"?',
  }
  expect(shown(new ConfigError([problem]))).toMatchInlineSnapshot(`
    "site.yml:3:4: unknown module aptt
      3 | 	- aptt: {name: nginx}
        | 	  ^
      expected: the name of a module
      Did you mean "apt"?"
  `)
})

test('many problems come by file and line, and are counted', () => {
  const problems = [
    {source: {file: 'site.yml', line: 4, column: 26}, message: 'unknown variable yes\ndefined here: no, maybe'},
    {source: {file: 'prod.yml', line: 1, column: 157}, message: 'wrong word'},
    {source: {file: 'site.yml', line: 1, column: 3}, message: 'no such group: sentinel-value'},
    {source: {file: 'gone.yml', line: 1, column: 1}, message: 'no such file'},
  ]
  expect(shown(new ConfigError(problems))).toMatchInlineSnapshot(`
    "site.yml:1:3: no such group: [secret]
      1 | - hosts: all
        |   ^

    site.yml:4:26: unknown variable yes
    defined here: no, maybe
      4 |     when: [secret] and yes
        |                    ^

    prod.yml:1:157: wrong word
      1 | …xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx WRONG yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy…
        |                                                    ^

    gone.yml:1:1: no such file

    4 problems in 3 files"
  `)
})

test('a wrong command line is told with its hint', () => {
  expect(shown(new UsageError('unknown option --limt', 'Did you mean --limit?'))).toMatchInlineSnapshot(`
    "error: unknown option --limt
    Did you mean --limit?"
  `)
  expect(shown(new UsageError('an inventory is needed'))).toMatchInlineSnapshot(`"error: an inventory is needed"`)
})

test('an unreachable host is told with what to do', () => {
  const error = new UnreachableError('chat1', 'no answer from 192.0.2.9 port 22 within 10 s', 'Is the host up?')
  expect(shown(error)).toMatchInlineSnapshot(`
    "unreachable: chat1: no answer from 192.0.2.9 port 22 within 10 s
    Is the host up?"
  `)
})

test('a failed task is told with its command, secrets hidden', () => {
  const command = 'curl -H "Token: sentinel-value" http://localhost'
  const failure = {message: 'exit code 7', command, exitCode: 7, stderr: 'refused\n', stdout: '', hint: 'Is it up?'}
  expect(shown(new TaskError(failure))).toMatchInlineSnapshot(`
    "failed: exit code 7
    command   curl -H "Token: [secret]" http://localhost
    exit code 7
    stderr    refused
    Is it up?"
  `)
})

test('our own mistakes say so and show the stack', () => {
  const bug = new Bug('a host without a link')
  bug.stack = 'Bug: a host without a link\n    at run (src/engine/run.ts:1:1)'
  expect(shown(bug)).toMatchInlineSnapshot(`
    "bug: a host without a link
        at run (src/engine/run.ts:1:1)
    This is a mistake in provision, not in what you wrote. Please report it with these lines."
  `)
  const other = new TypeError('x is not a function', {cause: 'sentinel-value'})
  other.stack = 'TypeError: x is not a function\n    at run (src/engine/run.ts:1:1)'
  expect(shown(other)).toMatchInlineSnapshot(`
    "bug: TypeError: x is not a function
        at run (src/engine/run.ts:1:1)
    caused by: [secret]
    This is a mistake in provision, not in what you wrote. Please report it with these lines."
  `)
  expect(shown('thrown text')).toMatchInlineSnapshot(`
    "bug: thrown text
    This is a mistake in provision, not in what you wrote."
  `)
})

test('each error means one exit code', () => {
  const errors = [
    new UsageError(''),
    new ConfigError([]),
    new UnreachableError('', ''),
    new TaskError({message: ''}),
    new Bug(),
    new TypeError(),
    undefined,
  ]
  expect(errors.map(exitCode)).toEqual([3, 3, 4, 1, 70, 70, 70])
})

test('colors mark the place and the message', () => {
  const source = {file: 'site.yml', line: 1, column: 3}
  const text = renderError(new ConfigError([{source, message: 'wrong'}]), {color: true, readFile: file => files[file]})
  expect(text).toMatchInlineSnapshot(`
    "[1msite.yml:1:3[22m: [31mwrong[39m
      1 | - hosts: all
        |   [31m^[39m"
  `)
})
