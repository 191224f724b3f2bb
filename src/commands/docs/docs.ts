import {UsageError} from '../../errors.ts'
import type {Module} from '../../module.ts'
import {moduleMap, modules} from '../../modules/index.ts'
import {didYouMean} from '../../nearest.ts'
import {shortName} from '../../playbook/keywords.ts'
import {inputsText} from '../../reference/inputs-text.ts'
import {markdown} from '../../reference/markdown.ts'
import {moduleEntry} from '../../reference/module-entry.ts'
import {moduleList, modulePage} from '../../reference/module-text.ts'
import {siteInputs} from '../site-inputs.ts'
import type {Form} from './forms.ts'

/** What `provision docs` prints: all modules, one of them, or the inputs of the site. Throws UsageError. */
export async function docs(name: string | undefined, form: Form): Promise<string> {
  if (name === 'inputs') return inputs(form)
  if (name !== undefined) return one(moduleOf(name), form)
  const all = modules.map(module => moduleEntry(module))
  return form === 'json' ? json(all) : form === 'markdown' ? markdown(all) : moduleList(all)
}

async function inputs(form: Form): Promise<string> {
  if (form === 'markdown')
    throw new UsageError('the inputs have no Markdown', 'playbooks/meta/argument_specs.yml is to be read.')
  const all = await siteInputs()
  return form === 'json' ? json(all) : inputsText(all)
}

function one(module: Module, form: Form): string {
  const entry = moduleEntry(module)
  return form === 'json' ? json(entry) : form === 'markdown' ? markdown([entry]) : modulePage(entry)
}

function moduleOf(name: string): Module {
  const module = moduleMap.get(shortName(name))
  if (module) return module
  const hint = didYouMean(shortName(name), [...moduleMap.keys(), 'inputs'])
  throw new UsageError(`there is no module "${name}"`, hint ?? 'provision docs lists all modules.')
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}
