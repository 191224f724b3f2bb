import type {Value} from '../module.ts'
import type {Argument} from './arguments.ts'
import type {ModuleEntry} from './module-entry.ts'

/** What an argument takes: its choices, or its type. */
export function takes({type, choices}: Argument): string {
  if (!choices) return type
  return [...choices.map(written), ...type.split(' or ').filter(kind => kind !== 'text')].join(' | ')
}

/** Whether an argument must be there, or what stands for it when it is not. */
export function otherwise({required, default: fallback}: Argument): string {
  if (required) return 'required'
  return fallback === undefined ? '' : `default: ${written(fallback)}`
}

/** What the contract tells of a module besides its arguments, a sentence each. */
export function facts({name, runsOn, checkMode, freeForm, returns}: ModuleEntry): readonly string[] {
  const place = runsOn === 'host' ? 'Works on the host, which needs no Python.' : 'Runs where provision runs.'
  const check = {
    'shows what would change': 'Check mode says what would change, and changes nothing.',
    'skips it': 'Check mode skips it: what it would do cannot be foretold.',
    'knows creates and removes':
      'Check mode says that it would run when `creates` or `removes` wants it, and skips it without them.',
    'runs it': 'Runs in check mode too, and says so where it then does less.',
  }[checkMode]
  const free = freeForm === undefined ? [] : [`Takes free text: \`${name}: TEXT\`.`]
  const all = returns.map(word => `\`${word}\``).join(', ')
  return [place, check, ...free, `register gets ${all}, and what the module found or did.`]
}

function written(value: Value): string {
  return typeof value === 'string' ? value || "''" : JSON.stringify(value)
}
