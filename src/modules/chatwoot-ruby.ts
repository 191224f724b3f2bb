import type {Values} from '../module.ts'

/** A Ruby script that finds `values` in the variable `wanted`. Nothing in the values can end the text that they stand in. */
export function rubyWith(values: Values, script: string): string {
  return `require 'json'
wanted = JSON.parse(<<'WANTED')
${JSON.stringify(values)}
WANTED
${script}`
}
