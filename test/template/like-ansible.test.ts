import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, it, vi} from 'vitest'
import {evaluate, renderText} from '../../src/template/template.ts'
import {Variables} from '../../src/template/variables.ts'

// What Ansible 2.14 makes of each expression, recorded by ansible/record.py: a value, the text that it prints, or an error.
type Recorded = {readonly value?: unknown; readonly text?: string; readonly error?: string}
const folder = join(import.meta.dirname, 'ansible')
const read = (name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8').replaceAll('HERE', folder))
const recorded: {readonly [expression: string]: Recorded} = read('recorded.json')
/** Where we differ, by reason: in what is printed alone, or as a whole. */
const differences: {readonly [kind in 'printed' | 'whole']: {readonly [reason: string]: readonly string[]}} =
  read('differences.json')
const printed = new Set(Object.values(differences.printed).flat())
const whole = new Set(Object.values(differences.whole).flat())

vi.stubEnv('SPOKEN', 'hello world')
vi.stubEnv('TZ', 'UTC')
const scope = new Variables([{...read('variables.json'), playbook_dir: folder, inventory_hostname: 'web1'}], {
  lookups: {folder},
})
const print = (expression: string) => renderText(`{{ ${expression} }}`, scope)

it.each(Object.entries(recorded).filter(([expression]) => !whole.has(expression)))(
  '%s',
  (expression, {value, text, error}) => {
    if (error === undefined) expect(evaluate(expression, scope)).toEqual(value)
    else expect(() => evaluate(expression, scope)).toThrow()
    if (error === undefined && !printed.has(expression)) expect(print(expression)).toBe(text)
  },
)

it.each([...printed])('%s is still printed otherwise', expression => {
  expect(print(expression)).not.toBe(recorded[expression]?.text)
})

it.each([...whole])('%s is still something else', expression => {
  const made = () => expect(evaluate(expression, scope)).toEqual(recorded[expression]?.value)
  expect(made).toThrow()
})
