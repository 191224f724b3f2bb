/** A plain value as JSON knows it: what playbooks, variables and results are made of. */
export type Value = null | boolean | number | string | readonly Value[] | {readonly [key: string]: Value}

/** Named values: variables, results, arguments. */
export type Values = {readonly [key: string]: Value}

/** Whether a value is a list. */
export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value)
}

/** Whether a value is a map. */
export function isMap(value: Value | undefined): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Whether a text, or a text anywhere in a value, holds `{{ … }}` or `{% … %}`. */
export function hasTemplate(value: Value | undefined): boolean {
  if (typeof value === 'string') return /\{[{%]/.test(value)
  return typeof value === 'object' && value !== null && Object.entries(value).flat().some(hasTemplate)
}

/** The words that Ansible takes for true, in small letters. */
export const trueWords: readonly string[] = ['yes', 'y', 'on', 'true', 't', '1']

/** The words that Ansible takes for false, in small letters. */
export const falseWords: readonly string[] = ['no', 'n', 'off', 'false', 'f', '0']
