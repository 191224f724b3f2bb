import {expect, it} from 'vitest'
import {z} from 'zod'
import type {Module} from '../../src/module.ts'
import {moduleMap, modules} from '../../src/modules/index.ts'
import {modulesNotYet} from '../../src/playbook/modules-not-yet.ts'

it('calls no module missing that is there', () => {
  expect(Object.keys(modulesNotYet).filter(name => moduleMap.has(name))).toEqual([])
})

it('leads other names to arguments that are there, and refuses none that is', () => {
  const wrong = modules.flatMap((module: Module) => {
    const own = argumentsOf(module)
    const {aliases = {}, refused = {}} = module
    const lost = Object.entries(aliases).filter(([alias, name]) => !own.includes(name) || own.includes(alias))
    const taken = Object.keys(refused).filter(name => own.includes(name) || name in aliases)
    return [...lost.map(([alias]) => alias), ...taken].map(name => `${module.name}: ${name}`)
  })
  expect(wrong).toEqual([])
})

function argumentsOf({schema}: Module): readonly string[] {
  return Object.keys(z.toJSONSchema(schema, {io: 'input', unrepresentable: 'any'}).properties ?? {})
}
