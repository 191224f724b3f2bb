import {describe, expect, it} from 'vitest'
import type {Value, Values} from '../../src/module.ts'
import {evaluate, renderText, renderValue, test} from '../../src/template/template.ts'
import {TemplateError} from '../../src/template/template-error.ts'
import {Variables} from '../../src/template/variables.ts'

const vars: Values = {
  map: {b: 1, a: 2},
  list: [3, 1],
  word: 'str',
  nothing: null,
  yes: true,
  port: 8080,
  broken: '{{ word }}-{{ missing }}',
  derived: '{{ word }}/x',
  users: [
    {name: 'ann', admin: true},
    {name: 'bob', admin: false},
  ],
}

const scope = new Variables([vars])

function errorOf(work: () => unknown): unknown {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof TemplateError)) return error
    const {message, line, column, suggestion} = error
    return [line === undefined ? '?' : `${line}:${column}`, message, ...(suggestion ? [suggestion] : [])].join(' | ')
  }
}

describe('an expression', () => {
  const cases: readonly (readonly [string, Value])[] = [
    ['map', {b: 1, a: 2}],
    ['map.b', 1],
    ["map['b']", 1],
    ['list[-1]', 1],
    ['nothing', null],
    ['none', null],
    ['derived', 'str/x'],
    ['missing | default(1)', 1],
    ['map.q.r | default(2)', 2],
    ['nothing | default(1)', null],
    ["nothing | default('x', boolean=true)", 'x'],
    ['missing.deep is defined', false],
    ['not yes and missing', false],
    ['word if yes else missing', 'str'],
    [
      'map.items()',
      [
        ['b', 1],
        ['a', 2],
      ],
    ],
    ['map.get("q", 2) + 1', 3],
    ['map.keys() | list', ['b', 'a']],
    ['{"z": 1, "a": 2}', {z: 1, a: 2}],
    ["'\\d+'", '\\d+'],
    ['word.split("t")[0]', 's'],
    ['"{}!".format(word)', 'str!'],
    ['(10 / 2) | int', 5],
    ['word in ["str"]', true],
    ['users | selectattr("admin") | map(attribute="name") | list', ['ann']],
    ['users | rejectattr("admin") | map(attribute="name") | join(",")', 'bob'],
    ['word | ansible.builtin.upper', 'STR'],
    ['[1, 2] + list', [1, 2, 3, 1]],
    ['"a" "b"', 'ab'],
    ['port ~ ""', '8080'],
  ]
  it.each(cases)('%s', (expression, expected) => {
    expect(evaluate(expression, scope)).toEqual(expected)
    expect(JSON.stringify(evaluate(expression, scope))).toBe(JSON.stringify(expected))
  })
})

describe('a condition', () => {
  it.each([
    ['yes', true],
    ["word == 'str'", true],
    ['{{ yes }}', true],
    ['missing is not defined', true],
    ["'false'", false],
    ["'no'", false],
    ['[]', false],
    ['list', true],
    ['nothing', false],
  ])('%s is %s', (condition, expected) => {
    expect(test([condition], scope)).toBe(expected)
  })

  it('holds only if all hold, and the rest is not looked at', () => {
    expect(test(['yes', 'port > 1'], scope)).toBe(true)
    expect(test(['not yes', 'missing'], scope)).toBe(false)
  })
})

describe('a value', () => {
  it('keeps its type when it is exactly one expression', () => {
    expect(renderValue({list: '{{ list }}', flag: '{{ yes }}', text: 'port {{ port }}'}, scope)).toEqual({
      list: [3, 1],
      flag: true,
      text: 'port 8080',
    })
  })

  it('loses what renders to omit', () => {
    expect(renderValue({mode: '{{ mode | default(omit) }}', items: ['{{ omit }}', 1]}, scope)).toEqual({items: [1]})
  })

  it('keeps a newline at its end', () => {
    expect(renderValue('x {{ word }}\n', scope)).toBe('x str\n')
  })

  it('renders keys too', () => {
    expect(renderValue({'{{ word }}': 1}, scope)).toEqual({str: 1})
  })
})

describe('a template prints as Ansible does', () => {
  it.each([
    [
      '{{ yes }} {{ nothing }} {{ list }} {{ users }}',
      "True  [3, 1] [{'name': 'ann', 'admin': True}, {'name': 'bob', 'admin': False}]",
    ],
    ['{{ 10 / 2 }} {{ 1.5 }} {{ 7 // 2 }}', '5.0 1.5 3'],
    ['{% for key, value in map.items() %}\n{{ key }}={{ value }}\n{% endfor %}\nend\n', 'b=1\na=2\nend\n'],
    ['{% for key in map %}{{ key }}{% endfor %}', 'ba'],
    ['{% for item in list if item > 1 %}{{ loop.index }}:{{ item }}{% endfor %}', '1:3'],
    ['{% for item in [] %}x{% else %}none{% endfor %}', 'none'],
    ['{% if missing is defined %}x{% else %}y{% endif %}', 'y'],
    ['{% set twice = port * 2 %}{{ twice }}', '16160'],
    ['{% macro tag(a) %}<{{ a }}>{% endmacro %}{{ tag(word) }}', '<str>'],
    ['{% raw %}{{ a }}{% endraw %}', '{{ a }}'],
    ['{# note #}\nx\n', 'x\n'],
    ['a {%- if yes -%} b {%- endif %} c', 'ab c'],
    ['  {% if yes %}\nx\n  {% endif %}\ny\n', '  x\n  y\n'],
    ['{% set ns = namespace(n=0) %}{% for i in list %}{% set ns.n = ns.n + i %}{% endfor %}{{ ns.n }}', '4'],
    ['plain { text }', 'plain { text }'],
    [
      '{{ "a\\tb" | length }} {{ "\\x41\\101\\u0042\\d" }} {{ word | regex_replace("(s)", "\\\\1\\\\1") }}',
      '3 AAB\\d sstr',
    ],
    ["{{ 'é😀' | upper }}", 'É😀'],
  ])('%j', (template, expected) => {
    expect(renderText(template, scope)).toBe(expected)
  })
})

it('an if without else is empty where its condition does not hold, and not an error', () => {
  expect(
    renderText("<{{ ',' if not yes }}{{ 'a' if yes }}{{ ('b' if not yes) | default('c') }}>\n{% set x = 1 %}", scope),
  ).toBe('<ac>\n')
  expect(renderValue("{{ 'a' if not yes }}", scope)).toBe('')
})

describe('a mistake is told with its place', () => {
  it('in an expression', () => {
    const expressions = [
      'mis',
      'map.bb',
      'wort',
      'users[5].name',
      'yes and missing',
      'missing == 1',
      'broken',
      'word | nofilter',
      'word | uper',
      'word is defind',
      'nofn(1)',
      '1 +',
      'a = b',
      '[] | first',
      'word | regex_replace("(")',
      'users | items2dict',
      'lookup("enw", "HOME")',
      'word | mandatory(1, 2)',
      '{{ word }',
      'word | hash("sha3")',
      'list | combine({})',
      'word | from_json',
      '"x" is version("1", "~")',
      'port | succeeded',
      'port is succeeded',
    ]
    expect(
      expressions.map(expression => [expression, errorOf(() => evaluate(expression, scope))]),
    ).toMatchInlineSnapshot(`
      [
        [
          "mis",
          "1:1 | "mis" is not defined",
        ],
        [
          "map.bb",
          "1:1 | "map.bb" is not defined | Did you mean "b"?",
        ],
        [
          "wort",
          "1:1 | "wort" is not defined | Did you mean "word"?",
        ],
        [
          "users[5].name",
          "1:1 | "users[5]" is not defined",
        ],
        [
          "yes and missing",
          "1:9 | "missing" is not defined",
        ],
        [
          "missing == 1",
          "1:1 | "missing" is not defined",
        ],
        [
          "broken",
          "? | "missing" is not defined (in the variable "broken")",
        ],
        [
          "word | nofilter",
          "1:8 | there is no filter "nofilter"",
        ],
        [
          "word | uper",
          "1:8 | there is no filter "uper" | Did you mean "upper"?",
        ],
        [
          "word is defind",
          "1:9 | there is no test "defind" | Did you mean "defined"?",
        ],
        [
          "nofn(1)",
          "1:1 | there is no function "nofn"",
        ],
        [
          "1 +",
          "1:3 | unexpected end of input, expected expression",
        ],
        [
          "a = b",
          "1:3 | "=" does not compare | Did you mean "=="?",
        ],
        [
          "[] | first",
          "1:1 | "[] | first" has no value",
        ],
        [
          "word | regex_replace("(")",
          "1:1 | "(" is not a regular expression",
        ],
        [
          "users | items2dict",
          "1:1 | items2dict needs "key" and "value" in every item",
        ],
        [
          "lookup("enw", "HOME")",
          "1:1 | there is no lookup "enw" | Did you mean "env"?",
        ],
        [
          "word | mandatory(1, 2)",
          "1:1 | too many arguments: 2",
        ],
        [
          "{{ word }",
          "1:9 | unexpected \`}\`, expected \`:\`",
        ],
        [
          "word | hash("sha3")",
          "1:1 | hash: "sha3" is none of md5, sha1, sha224, sha256, sha384, sha512, sha3_256, sha3_512, blake2b, blake2s",
        ],
        [
          "list | combine({})",
          "1:1 | combine needs a map, not a number",
        ],
        [
          "word | from_json",
          "1:1 | from_json: this is not JSON",
        ],
        [
          ""x" is version("1", "~")",
          "1:1 | version: "~" is none of == != < <= > >=",
        ],
        [
          "port | succeeded",
          "1:8 | there is no filter "succeeded"",
        ],
        [
          "port is succeeded",
          "1:1 | a test such as "is failed" needs what a task registered, not a number",
        ],
      ]
    `)
  })

  it('in a template', () => {
    const templates = [
      'a\n{{ missing }}',
      'a\n  {% if missing == 1 %}x{% endif %}',
      '{{ x',
      'a\n{% if x %}',
      '{% foo %}',
      'a\nb {{ 1 + }}',
      '{% for i in users %}\n{{ i.nam }}\n{% endfor %}',
      '{% for i in missing %}{% endfor %}',
      '{% for i in port %}{% endfor %}',
      '{% if yes %}\n\n{{ word | hash("sha3") }}{% endif %}',
      '{% if yes %}{{ word | uper }}{% endif %}',
      '{% for u in users %}{{ u | from_json }}{% endfor %}',
      '{% include "a" %}',
    ]
    expect(templates.map(template => [template, errorOf(() => renderText(template, scope))])).toMatchInlineSnapshot(`
      [
        [
          "a
      {{ missing }}",
          "2:4 | "missing" is not defined",
        ],
        [
          "a
        {% if missing == 1 %}x{% endif %}",
          "2:9 | "missing" is not defined",
        ],
        [
          "{{ x",
          "1:1 | "{{" is never closed",
        ],
        [
          "a
      {% if x %}",
          "2:1 | {% if %} is not closed: {% endif %} is missing",
        ],
        [
          "{% foo %}",
          "1:1 | there is no statement {% foo %} | Did you mean "for"?",
        ],
        [
          "a
      b {{ 1 + }}",
          "2:8 | unexpected end of input, expected expression",
        ],
        [
          "{% for i in users %}
      {{ i.nam }}
      {% endfor %}",
          "2:3 | "i.nam" has no value",
        ],
        [
          "{% for i in missing %}{% endfor %}",
          "1:13 | "missing" is not defined",
        ],
        [
          "{% for i in port %}{% endfor %}",
          "1:13 | a loop needs a list or a map",
        ],
        [
          "{% if yes %}

      {{ word | hash("sha3") }}{% endif %}",
          "3:4 | hash: "sha3" is none of md5, sha1, sha224, sha256, sha384, sha512, sha3_256, sha3_512, blake2b, blake2s",
        ],
        [
          "{% if yes %}{{ word | uper }}{% endif %}",
          "1:23 | there is no filter "uper" | Did you mean "upper"?",
        ],
        [
          "{% for u in users %}{{ u | from_json }}{% endfor %}",
          "1:24 | from_json needs text, not a map",
        ],
        [
          "{% include "a" %}",
          "1:3 | "include" is not supported yet: put the text into this file",
        ],
      ]
    `)
  })

  it('and the engine goes on after it', () => {
    for (let time = 0; time < 50; time++)
      errorOf(() => renderText('{% if yes %}{{ word | hash("sha3") }}{% endif %}', scope))
    expect(renderText('{{ word }}{% if yes %}!{% endif %}', scope)).toBe('str!')
  })
})
