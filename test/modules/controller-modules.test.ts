import {expect, it} from 'vitest'
import type {Controller, Value, Values} from '../../src/module.ts'
import {moduleMap} from '../../src/modules/index.ts'
import {alone, noFiles} from './local-servers.ts'

const values: Values = {answer: 42, 'answer == 42': true, 'answer == 43': false}

const controller: Controller = {
  ...alone,
  host: 'web1',
  address: '192.0.2.1',
  check: false,
  signal: new AbortController().signal,
  files: noFiles,
  variable: name => values[name],
  evaluate: expression => values[expression] ?? null,
  test: expression => values[expression] === true,
}

it('debug prints a message, or the value of an expression', async () => {
  expect(await run('debug', {msg: 'hello'})).toMatchObject({changed: false, message: 'hello', result: {msg: 'hello'}})
  expect(await run('debug', {msg: ['one', 'two']})).toMatchObject({message: 'one\ntwo', result: {msg: ['one', 'two']}})
  expect(await run('debug', {var: 'answer'})).toMatchObject({message: '42', result: {answer: 42}})
})

it('assert holds when all expressions hold', async () => {
  expect(await run('assert', {that: 'answer == 42', quiet: true})).toEqual({
    changed: false,
    result: {msg: 'All assertions passed'},
  })
})

it('assert fails with the message and the expression that does not hold', async () => {
  await expect(run('assert', {that: ['answer == 42', 'answer == 43'], fail_msg: 'No'})).rejects.toMatchObject({
    failure: {message: 'No', hint: 'Not true: answer == 43'},
  })
})

it('fail fails', async () => {
  await expect(run('fail', {msg: 'too small'})).rejects.toThrow('too small')
})

it('set_fact sets what it is given, and nothing that cannot be a name', async () => {
  expect(await run('set_fact', {a: 1, b: {c: [true]}, cacheable: 'yes'})).toMatchObject({facts: {a: 1, b: {c: [true]}}})
  expect(() => run('set_fact', {'a-b': 1})).toThrow('a variable is named by')
})

function run(name: string, args: {readonly [key: string]: Value}) {
  const module = moduleMap.get(name)
  if (module?.kind !== 'controller') throw new Error(`${name} is not a controller module`)
  return module.bind(args)(controller)
}
