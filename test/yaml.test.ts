import {describe, expect, it} from 'vitest'
import {ConfigError} from '../src/errors.ts'
import {parseYaml, plain} from '../src/yaml.ts'

function problemsOf(text: string): unknown {
  try {
    return plain(parseYaml(text, 'f.yml'))
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return error.problems.map(({source, message, expected}) =>
      [`${source.line}:${source.column}`, message, expected].filter(Boolean).join(' | '),
    )
  }
}

it('reads values as Ansible does', () => {
  const text =
    'a: yes\nb: Off\nc: 0644\nd: 1_000\ne: ~\nf: y\ng: 12:30\nh: 2024-01-02\ni: "yes"\nj: 1.5\nk: 0x1f\nl: |\n  x\n  y\nyes: 1\n8080: 2\n'
  expect(plain(parseYaml(text, 'f.yml'))).toEqual({
    a: true,
    b: false,
    c: '0644',
    d: 1000,
    e: null,
    f: 'y',
    g: '12:30',
    h: '2024-01-02',
    i: 'yes',
    j: 1.5,
    k: 31,
    l: 'x\ny\n',
    yes: 1,
    '8080': 2,
  })
})

it('follows anchors and merges, where own keys win', () => {
  const text =
    'base: &base {a: 1, b: 2}\nmore: &more {c: 3, a: 9}\none: {<<: *base, b: 3}\ntwo:\n  <<: [*base, *more]\nthree: *base\n'
  expect(plain(parseYaml(text, 'f.yml'))).toEqual({
    base: {a: 1, b: 2},
    more: {c: 3, a: 9},
    one: {a: 1, b: 3},
    two: {a: 1, b: 2, c: 3},
    three: {a: 1, b: 2},
  })
})

describe('a mistake in YAML is told in plain words', () => {
  it.each([
    'a: {{ x }}',
    '- name: x\n  path: {{ folder }}/x\n',
    'a: 1\nb: 2\na: 3\nb: 4\n',
    'a:\n\t- b\n',
    'a:\n  - b\n c: d\n',
    'name: a: b\n',
    'a: "b\n',
    'a: [1, 2\n',
    'a\nb: 1\n',
    'a: @x\n',
    'a: %x\n',
    'a: *nowhere\n',
    'a: "\\d"\n',
    'a: 1\n---\nb: 2\n',
    'key: !vault x\n',
    '- a\nb: 1\n',
    "msg: 'it's'\n",
    'a: `x`\n',
    'x: y: z',
    '? [a]\n: b\n',
  ])('%j', text => {
    expect(problemsOf(text)).toMatchSnapshot()
  })
})
