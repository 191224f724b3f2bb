import type {Value, Values} from '../../module.ts'
import {isMap} from '../../value.ts'
import {text} from '../arguments.ts'
import {follow} from '../mentions.ts'
import {password} from '../password.ts'
import {isTrue} from '../printing.ts'
import type {Scope} from '../scope.ts'
import {TemplateError} from '../template-error.ts'
import type {Asking, Lookup} from './lookup.ts'
import {pathOf, readFound} from './places.ts'

/** Lookups that read files of the controller. */
export const files: {readonly [name: string]: Lookup} = {
  file: (terms, {options, scope}) =>
    terms.map(term => {
      const content = readFound(text(term, 'file'), 'files', scope)
      const start = isTrue(options.lstrip ?? null) ? content.trimStart() : content
      return isTrue(options.rstrip ?? true) ? start.trimEnd() : start
    }),
  // A file that ansible-vault encrypted is read where its YAML is; what is plain is taken as it is.
  unvault: (terms, {scope}) => terms.map(term => plain(readFound(text(term, 'unvault'), 'files', scope))),
  template: (terms, asking) =>
    terms.map(term => rendered(readFound(text(term, 'template'), 'templates', asking.scope), asking)),
  password: (terms, {options, scope: {lookups}}) =>
    terms.map(term => {
      const written = [text(term, 'password'), ...Object.entries(options).map(([name, value]) => `${name}=${value}`)]
      const value = password(written.join(' '), path => pathOf(path, lookups.folder))
      lookups.secret(value)
      return value
    }),
}

function plain(content: string): string {
  if (content.startsWith('$ANSIBLE_VAULT;'))
    throw new TemplateError('lookup: unvault does not decrypt here: put the value into a file of variables')
  return content
}

const templateOptions = ['template_vars', 'convert_data', 'jinja2_native']

function rendered(source: string, {options, scope, render}: Asking): Value {
  const unknown = Object.keys(options).find(name => !templateOptions.includes(name))
  if (unknown !== undefined) throw new TemplateError(`lookup: template does not support "${unknown}"`)
  const extra = options.template_vars ?? {}
  const result = render(source, isMap(extra) ? withValues(extra, scope) : scope)
  return isTrue(options.convert_data ?? true) ? converted(result) : result
}

function withValues(values: Values, scope: Scope): Scope {
  return {
    get: (name, path = []) => (Object.hasOwn(values, name) ? follow(values[name], path) : scope.get(name, path)),
    names: () => [...Object.keys(values), ...scope.names()],
    lookups: scope.lookups,
  }
}

/** What looks like a list or a map becomes one, if it is JSON. */
function converted(content: string): Value {
  if (!/^\s*[[{]/.test(content)) return content
  try {
    return JSON.parse(content)
  } catch {
    return content
  }
}
