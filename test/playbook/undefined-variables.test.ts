import {join} from 'node:path'
import {expect, it} from 'vitest'
import {definedNames} from '../../src/commands/run/defined-names.ts'
import {loadInventory} from '../../src/inventory/inventory.ts'
import {moduleMap} from '../../src/modules/index.ts'
import type {Task} from '../../src/play.ts'
import {loadPlaybook} from '../../src/playbook/playbook.ts'
import {undefinedVariables} from '../../src/playbook/undefined-variables.ts'
import {Variables} from '../../src/template/variables.ts'

const folder = join(import.meta.dirname, 'undefined')
const plays = await loadPlaybook(join(folder, 'site.yml'), moduleMap)
const inventory = await loadInventory(join(folder, 'hosts.yml'))

function found(extra?: readonly string[]): readonly string[] {
  const definedBy = (task: Task) => definedNames(task, new Variables([])).names
  return undefinedVariables(plays, inventory, extra, () => [], definedBy).map(
    ({source, message, expected, suggestion}) =>
      [`${source.line}:${source.column}`, message, expected, suggestion].filter(Boolean).join(' | '),
  )
}

it('finds variables that nothing defines, once each, also behind other variables', () => {
  expect(found()).toMatchInlineSnapshot(`
    [
      "4:37 | "colr" is not defined | "colr" in the inventory, or -e colr=VALUE | Did you mean "color"?",
      "5:20 | "domain" is not defined; "url" is made of it | "domain" in the inventory, or -e domain=VALUE",
      "11:20 | "reslt" is not defined | "reslt" in the inventory, or -e reslt=VALUE | Did you mean "result"?",
      "8:67 | "faraway" is not defined; "local" is made of it | "faraway" in the inventory, or -e faraway=VALUE",
      "9:17 | "things" is not defined | "things" in the inventory, or -e things=VALUE",
      "16:25 | "handler_needs" is not defined | "handler_needs" in the inventory, or -e handler_needs=VALUE",
    ]
  `)
})

it('takes those of the command line for defined', () => {
  expect(found(['domain', 'colr', 'things', 'faraway', 'reslt', 'handler_needs'])).toEqual([])
})
