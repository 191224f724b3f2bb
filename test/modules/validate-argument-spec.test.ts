import {expect, it} from 'vitest'
import type {Controller, Values} from '../../src/module.ts'
import {validate_argument_spec} from '../../src/modules/validate_argument_spec.ts'
import {alone, noFiles} from './local-servers.ts'

const spec: Values = {
  port: {type: 'int', required: true},
  mode: {type: 'str', choices: ['dev', 'prod']},
  names: {type: 'list', elements: 'str'},
  disk: {type: 'dict', options: {size: {type: 'int', required: true}, kind: {choices: ['ssd', 'hdd']}}},
}

it('takes what the options say, and text that can be read so', async () => {
  const values = {port: '80', mode: 'dev', names: ['a', 'b'], disk: {size: 1, kind: 'ssd'}, other: [1]}
  expect(await problemsOf(values)).toBe('none')
  expect(await problemsOf({port: 80})).toBe('none')
})

it('tells all that is wrong at once', async () => {
  expect(await problemsOf({mode: 'test', names: {a: 1}, disk: {kind: 'tape', speed: 1}})).toMatchInlineSnapshot(`
    "Validation of arguments failed:
    missing required arguments: port
    value of mode must be one of: dev, prod, got: test
    argument names is {"a":1}, which is not of the type list
    missing required arguments: disk.size
    disk.speed is not an option; known are size, kind
    value of disk.kind must be one of: ssd, hdd, got: tape"
  `)
})

async function problemsOf(values: Values): Promise<string> {
  const nobody: Controller = {
    ...alone,
    host: 'a',
    address: 'a',
    check: false,
    signal: new AbortController().signal,
    files: noFiles,
    variable: name => values[name],
    evaluate: () => null,
    test: () => true,
  }
  try {
    await validate_argument_spec.bind({argument_spec: spec})(nobody)
    return 'none'
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
