import {expect, it} from 'vitest'
import {evaluate} from '../../src/template/template.ts'
import {Variables} from '../../src/template/variables.ts'

const scope = new Variables([
  {
    map: {b: 1, a: [1, 'x', null, true]},
    deep: {b: {c: 1}, list: [1]},
    users: [
      {name: 'ann', groups: ['wheel', 'www']},
      {name: 'bob', groups: []},
    ],
    result: {failed: false, changed: true},
    text: 'line one\nline two',
  },
])

it.each([
  // text
  ['"a b" | quote', "'a b'"],
  ['"" | quote', "''"],
  ['"it\'s" | quote', `'it'"'"'s'`],
  ['"a/b c&d" | urlencode', 'a/b%20c%26d'],
  ['"%s is %d and %05.1f%%" | format("x", 3, 2.25)', 'x is 3 and 002.2%'],
  ['[1, true, none] | join("-")', '1-True-None'],
  ['users | join(",", attribute="name")', 'ann,bob'],
  ['true | string', 'True'],
  ['none | string', 'None'],
  ['true | ternary("a", "b")', 'a'],
  ['none | ternary("a", "b", "c")', 'c'],
  ['text | indent(2)', 'line one\n  line two'],
  ['" x " | trim', 'x'],
  ['"a,b" | split(",")', ['a', 'b']],
  // regular expressions
  ["'foo-1' | regex_replace('^(\\w+)-(\\d)$', '\\2:\\1')", '1:foo'],
  ["'foo' | regex_replace('(?P<x>o)', '<\\g<x>>')", 'f<o><o>'],
  ["'foo' | regex_replace('O', '0', ignorecase=true)", 'f00'],
  ["'a1b22' | regex_search('\\d+')", '1'],
  ["'a1b22' | regex_search('([a-z])(\\d)', '\\2')", ['1']],
  ["'a' | regex_search('b')", null],
  ["'a1b22' | regex_findall('\\d+')", ['1', '22']],
  ["'a.b' | regex_escape", 'a\\.b'],
  ["'a\nb\n' | indent(4, False)", 'a\n    b\n'],
  ["'a\n\nb\n' | indent(2, blank=true)", 'a\n  \n  b\n  '],
  ["'a\n\nb' | indent(first=true)", '    a\n\n    b'],
  // numbers
  ['"yes" | bool', true],
  ['"Off" | bool', false],
  ['"12" | int', 12],
  ['"x" | int(7)', 7],
  ['"0x1f" | int(base=16)', 31],
  ['" 1.5" | float', 1.5],
  ['2.5 | round', 2],
  ['2.45 | round(1, "ceil")', 2.5],
  ['"1.5 GB" | human_to_bytes', 1610612736],
  ['1610612736 | human_readable', '1.50 GB'],
  // lists
  ['[3, [4, [5]]] | flatten', [3, 4, 5]],
  ['[3, [4, [5]]] | flatten(levels=1)', [3, 4, [5]]],
  ['[1, 2, 1] | unique', [1, 2]],
  ['[1, 2] | union([2, 3])', [1, 2, 3]],
  ['[1, 2] | difference([2])', [1]],
  ['[1, 2] | intersect([2])', [2]],
  [
    '["a", "b"] | zip([1, 2]) | list',
    [
      ['a', 1],
      ['b', 2],
    ],
  ],
  ['[1, 2] | sum', 3],
  ['users | map(attribute="groups") | sum(start=[])', ['wheel', 'www']],
  ['users | subelements("groups") | length', 2],
  // maps
  ['map | dict2items | map(attribute="key") | list', ['b', 'a']],
  ['[{"key": "z", "value": 1}] | items2dict', {z: 1}],
  ['{"a": 1} | combine({"b": 2}, {"a": 3})', {a: 3, b: 2}],
  [
    'deep | combine({"b": {"d": 2}, "list": [2]}, recursive=true, list_merge="append")',
    {b: {c: 1, d: 2}, list: [1, 2]},
  ],
  // written forms
  ['map | to_json', '{"b": 1, "a": [1, "x", null, true]}'],
  ['{"é": 1} | to_json', '{"\\u00e9": 1}'],
  ['{"b": [], "a": {"c": 1}} | to_nice_json', '{\n    "a": {\n        "c": 1\n    },\n    "b": []\n}'],
  ['\'{"b": 1}\' | from_json', {b: 1}],
  ['deep | to_yaml', 'b: {c: 1}\nlist: [1]\n'],
  ['users | to_nice_yaml', '-   groups:\n    - wheel\n    - www\n    name: ann\n-   groups: []\n    name: bob\n'],
  [
    '["yes", "1", "a: b", "", "plain text", none] | to_nice_yaml',
    "- 'yes'\n- '1'\n- 'a: b'\n- ''\n- plain text\n- null\n",
  ],
  ["'a: [1, yes]' | from_yaml", {a: [1, true]}],
  ['map | type_debug', 'dict'],
  // digests and paths
  ['"abc" | hash("sha256")', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  ['"abc" | hash', 'a9993e364706816aba3e25717850c26c9cd0d89d'],
  ['"é" | b64encode | b64decode', 'é'],
  ['"/a/b/" | basename', ''],
  ['"/a/b.conf" | basename', 'b.conf'],
  ['"/a/b/" | dirname', '/a/b'],
  ['"/b" | dirname', '/'],
  ['"/a.b/c.tar.gz" | splitext', ['/a.b/c.tar', '.gz']],
  ['["/a", "b"] | path_join', '/a/b'],
  // tests
  ['"1.10" is version("1.9", ">")', true],
  ['"2.0.0" is version("2.0", "==")', false],
  ['"1.0rc1" is version("1.0", "lt")', false],
  ['"abc" is match("b")', false],
  ['"abc" is search("b")', true],
  ['"ABC" is regex("b", ignorecase=true)', true],
  ['result is succeeded', true],
  ['result is changed', true],
  ['result is failed', false],
  ['result is not skipped', true],
  ['[1, 2] is contains(2)', true],
  ['[1] is subset([1, 2])', true],
  ['5 is ansible.builtin.version("4", ">")', true],
])('%s', (expression, expected) => {
  expect(evaluate(expression, scope)).toEqual(expected)
})
