import {describe, expect, it} from 'vitest'
import {mode, resolveMode} from '../../src/modules/mode.ts'

describe('mode', () => {
  it.each([
    ['0644', '0644'],
    ['644', '0644'],
    ['0o2775', '2775'],
    [0o644, '0644'],
    [0o1777, '1777'],
    [0o600, '0600'],
    ['u=rw,g=r', 'u=rw,g=r'],
  ])('takes %j for %s', (written, read) => expect(mode.parse(written)).toBe(read))

  // Without quotes YAML makes decimal numbers of these: their octal reading is nothing that anybody wants.
  it.each([
    644,
    755,
    600,
    700,
    640,
    750,
    660,
    664,
    666,
    777,
    400,
    440,
    444,
    500,
    555,
    550,
    711,
    744,
    -1,
    1.5,
    '0899',
    'rw',
    '',
  ])('refuses %j', written => expect(mode.safeParse(written).success).toBe(false))

  it.each([
    ['u=rw,g=r,o=', '0777', false, '0640'],
    ['a+X', '0640', false, '0640'],
    ['a+X', '0640', true, '0751'],
    ['u+s,g-w,+t', '0775', false, '5755'],
    ['g=u', '0750', false, '0770'],
    ['o-rwx', '2775', true, '2770'],
    ['0600', '0755', false, '0600'],
  ])('makes of %s on %s (directory: %s) %s', (wanted, present, isDirectory, after) =>
    expect(resolveMode(wanted, present, isDirectory)).toBe(after),
  )
})
