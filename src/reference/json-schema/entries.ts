import type {Module, Value} from '../../module.ts'
import {blockKeywords, metaActions, notYet, sharedKeywords, taskKeywords} from '../../playbook/keywords.ts'
import type {Schema} from '../module-schema.ts'
import {choice} from './choice.ts'
import {formsOf} from './forms.ts'

const file: Schema = {type: ['string', 'object']}

/** Words that make something else than a task of an entry, and what stands behind each. */
const directives: {readonly [word: string]: Schema} = {
  import_tasks: {...file, description: 'A file of tasks, read before the run.'},
  include_tasks: {...file, description: 'A file of tasks, read when the run gets there.'},
  import_role: {...file, description: 'A role, read before the run.'},
  include_role: {...file, description: 'A role, read when the run gets there.'},
  meta: {type: 'string', description: `What the engine itself does: ${metaActions.join(', ')}.`},
}

// The loader knows `action` only to say what to use instead.
const keywords = taskKeywords.filter(word => word !== 'action')

/** The definitions of what may stand in a list of tasks, for `$ref: '#/definitions/entry'`. */
export function entryDefinitions(modules: readonly Module[]): Schema {
  const words = Object.keys(directives).filter(word => notYet[word] === undefined)
  return {
    entry: ['block', ...words].reduceRight<Schema>(either, {$ref: '#/definitions/task'}),
    block: {properties: formsOf(blockKeywords), additionalProperties: false},
    ...Object.fromEntries(words.map(word => [word, directive(word)])),
    task: task(modules),
    keyword: {enum: keywords},
  }
}

/** An entry with this word is what the definition of that name says, and any other one is `otherwise`. */
function either(otherwise: Schema, word: string): Schema {
  return choice([word, `ansible.builtin.${word}`], {$ref: `#/definitions/${word}`}, otherwise)
}

function directive(word: string): Schema {
  const form = directives[word] ?? {}
  return {
    properties: {
      ...formsOf([...sharedKeywords, ...taskKeywords]),
      [word]: word === 'meta' ? {...form, enum: metaActions} : form,
      [`ansible.builtin.${word}`]: form,
    },
    additionalProperties: false,
  }
}

function task(modules: readonly Module[]): Schema {
  const names = modules.map(({name}) => name)
  const refs = names.map((name): readonly [string, Value] => [name, {$ref: `#/definitions/module.${name}`}])
  return {
    properties: {...formsOf(keywords), ...Object.fromEntries(refs)},
    patternProperties: Object.fromEntries(refs.map(([name, ref]) => [`${collections}${name}$`, ref])),
    additionalProperties: false,
    not: {propertyNames: {$ref: '#/definitions/keyword'}},
    dependencies: Object.fromEntries(names.map(name => [name, {propertyNames: alone(name)}])),
  }
}

const collections = '^(?:ansible\\.(?:builtin|legacy|posix)|community\\.(?:general|docker|crypto))\\.'

/** A task has one module: beside it stand only keywords. */
function alone(name: string): Schema {
  return {anyOf: [{const: name}, {$ref: '#/definitions/keyword'}]}
}
