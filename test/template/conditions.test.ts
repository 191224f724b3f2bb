import {expect, test} from 'vitest'
import {withoutBraces} from '../../src/template/conditions.ts'
import {test as holds} from '../../src/template/template.ts'
import {Variables} from '../../src/template/variables.ts'

const scope = new Variables([{port: 443, wanted: false, name: 'web1', said: '1 == 1'}])

test.each([
  ['{{ port }} > 500', '( port ) > 500', false],
  ['{{ wanted }} == true', '( wanted ) == true', false],
  ["'{{ name }}' == 'web1'", "'' ~ ( name ) ~ '' == 'web1'", true],
  ["'a-{{ name }}-{{ port }}' == 'a-web1-443' and not {{ wanted }}", undefined, true],
  // What a variable says is a value, and never a condition of its own.
  ["'{{ said }}' == '1 == 1'", undefined, true],
])('a condition with braces within it is taken without them: %s', (condition, bare, expected) => {
  if (bare !== undefined) expect(withoutBraces(condition)).toBe(bare)
  expect(holds([condition], scope)).toBe(expected)
})

test.each(['port > 500', '{{ port > 500 }}', '{% if wanted %}true{% endif %}'])(
  'a condition without braces, as a whole in braces, or with statements stays as it is: %s',
  condition => {
    expect(withoutBraces(condition)).toBe(undefined)
  },
)
