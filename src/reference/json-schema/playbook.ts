import type {Module} from '../../module.ts'
import {playKeywords} from '../../playbook/keywords.ts'
import type {Schema} from '../module-schema.ts'
import {choice} from './choice.ts'
import {entryDefinitions} from './entries.ts'
import {formsOf} from './forms.ts'
import {moduleDefinitions} from './modules.ts'
import {template} from './templates.ts'

/** The JSON Schema (draft 07) of playbooks: plays and imports of playbooks; a list of tasks is its definition `tasks`. */
export function playbookSchema(modules: readonly Module[]): Schema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Playbook of provision',
    type: 'array',
    items: choice(['import_playbook'], {$ref: '#/definitions/import_playbook'}, {$ref: '#/definitions/play'}),
    definitions: {
      template,
      play: {properties: formsOf(playKeywords), required: ['hosts'], additionalProperties: false},
      import_playbook: {
        properties: {...formsOf(['name', 'when', 'tags', 'vars']), import_playbook: {type: 'string'}},
        additionalProperties: false,
      },
      ...entryDefinitions(modules),
      ...moduleDefinitions(modules),
    },
  }
}

/** The JSON Schema (draft 07) of files of tasks, which playbooks import and include. */
export function tasksSchema(modules: readonly Module[]): Schema {
  const {definitions = {}} = playbookSchema(modules)
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Tasks of provision',
    type: ['array', 'null'],
    items: {$ref: '#/definitions/entry'},
    definitions,
  }
}
