const operators: {readonly [operator: string]: (order: number) => boolean} = {
  '==': order => order === 0,
  '!=': order => order !== 0,
  '<': order => order < 0,
  '<=': order => order <= 0,
  '>': order => order > 0,
  '>=': order => order >= 0,
}

const synonyms: {readonly [word: string]: string} = {
  eq: '==',
  '=': '==',
  ne: '!=',
  '<>': '!=',
  lt: '<',
  le: '<=',
  gt: '>',
  ge: '>=',
}

/** Compares two versions part by part, numbers as numbers. Throws on an unknown operator. */
export function compareVersions(left: string, right: string, operator: string): boolean {
  const holds = operators[synonyms[operator] ?? operator]
  if (!holds) throw new Error(`version: "${operator}" is none of ${Object.keys(operators).join(' ')}`)
  return holds(order(parts(left), parts(right)))
}

function parts(version: string): readonly (number | string)[] {
  return (version.match(/\d+|[a-z]+/gi) ?? []).map(part => (/^\d/.test(part) ? Number(part) : part))
}

function order(left: readonly (number | string)[], right: readonly (number | string)[]): number {
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const difference = compare(left[index], right[index])
    if (difference !== 0) return difference
  }
  return 0
}

/** A version with more numbers is later; with more letters (1.0rc) earlier, as in Python. */
function compare(left: number | string | undefined, right: number | string | undefined): number {
  if (left === undefined) return typeof right === 'string' ? 1 : right === undefined ? 0 : right === 0 ? 0 : -1
  if (right === undefined) return -compare(right, left)
  if (typeof left === typeof right) return left === right ? 0 : left < right ? -1 : 1
  return typeof left === 'string' ? -1 : 1
}
