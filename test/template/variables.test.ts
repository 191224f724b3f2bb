import {describe, expect, it} from 'vitest'
import {PendingVariable} from '../../src/template/scope.ts'
import {evaluate, test} from '../../src/template/template.ts'
import {finished, Variables} from '../../src/template/variables.ts'

describe('variables', () => {
  it('take the value of the strongest layer', () => {
    const variables = new Variables([{a: 1, b: 1}, {b: 2}]).with({c: 3})
    expect([variables.get('a'), variables.get('b'), variables.get('c'), variables.get('d')]).toEqual([
      1,
      2,
      3,
      undefined,
    ])
    expect(variables.all()).toEqual({a: 1, b: 2, c: 3})
  })

  it('are rendered with what is strongest now, even when they were written below', () => {
    const variables = new Variables([{url: 'https://{{ domain }}', domain: 'a.example'}])
    expect(variables.get('url')).toBe('https://a.example')
    expect(variables.with({domain: 'b.example'}).get('url')).toBe('https://b.example')
  })

  it('are rendered only when they are reached', () => {
    const variables = new Variables([{bad: '{{ nowhere }}', map: {good: 1, bad: '{{ nowhere }}'}, on: false}])
    expect(variables.get('map', ['good'])).toBe(1)
    expect(test(['on and bad'], variables)).toBe(false)
    expect(evaluate('map.good', variables)).toBe(1)
  })

  it('say in which variable a mistake is', () => {
    const variables = new Variables([{outer: '{{ inner }}', inner: '{{ nowhere }}'}])
    expect(() => variables.get('outer')).toThrow('"nowhere" is not defined (in the variable "inner")')
  })

  it('that need each other in a circle are an error which names it', () => {
    const variables = new Variables([{a: '{{ b }}', b: 'x {{ c }}', c: '{{ a }}'}])
    expect(() => variables.get('b')).toThrow(
      'variables need each other in a circle: b -> c -> a -> b (in the variable "a")',
    )
  })
})

it('what a host answered is never run as a template', () => {
  const learned = finished({result: {stdout: "{{ lookup('env', 'HOME') }}"}})
  const variables = new Variables([{text: 'said {{ result.stdout }}'}, learned])
  expect(evaluate('result.stdout', variables)).toBe("{{ lookup('env', 'HOME') }}")
  expect(variables.get('text')).toBe("said {{ lookup('env', 'HOME') }}")
  expect(variables.withPending(new Set(['other'])).get('result', ['stdout'])).toBe("{{ lookup('env', 'HOME') }}")
})

describe('a variable that is not known yet', () => {
  const pending = (name: string) => name === 'result' || name.startsWith('ansible_')
  const variables = new Variables([{derived: '{{ result.stdout }}', off: false, ansible_user: 'root'}], {pending})

  it.each([
    'result',
    'result.rc == 0',
    'derived',
    'result is defined',
    'result | default(1)',
    'ansible_facts.os_family',
    '"x" ~ derived',
  ])('stops %s', expression => {
    expect(() => evaluate(expression, variables)).toThrow(PendingVariable)
  })

  it.each([
    ['off and result', false],
    ['ansible_user', 'root'],
    ["'result'", 'result'],
    ['1 if not off else result', 1],
  ])('does not stop %s, which does not need it', (expression, value) => {
    expect(evaluate(expression, variables)).toBe(value)
  })

  it('hides what a layer has once a task is to set it anew', () => {
    const known = new Variables([{fact: 1}])
    expect(() => known.withPending(new Set(['fact'])).get('fact')).toThrow(PendingVariable)
  })
})

describe('a layer with a strength', () => {
  const order = [
    'defaults',
    'inventory',
    'play',
    'role',
    'task',
    'included',
    'learned',
    'params',
    'extra',
    'magic',
    'item',
  ] as const

  it('stands where Ansible puts it, whatever was added first', () => {
    const added = order
      .toReversed()
      .reduce((all, strength) => all.with({[strength]: strength, who: strength}, strength), new Variables([]))
    expect(added.get('who')).toBe('item')
    for (const [index, strength] of order.entries()) {
      const upTo = order.slice(0, index + 1).toReversed()
      const variables = upTo.reduce((all, one) => all.with({who: one}, one), new Variables([]))
      expect(variables.get('who')).toBe(strength)
    }
  })

  it('that is stronger than a result is known while the result is not', () => {
    const variables = new Variables([['extra', {color: 'red'}], {color: 'blue', size: 1}])
    const waiting = variables.withPending(new Set(['color', 'size']))
    expect(waiting.get('color')).toBe('red')
    expect(() => waiting.get('size')).toThrow(PendingVariable)
  })
})
