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

type Part = number | string
type Kind = {readonly form: RegExp; readonly parts: (version: string) => readonly Part[]}

/** A part of its own that comes after every other: a release is later than what led to it. */
const release = 'z'

/** How versions are read, as Ansible's `version_type` names it. */
const kinds: {readonly [kind: string]: Kind} = {
  loose: {form: /^/, parts: loose},
  strict: {
    form: /^\d+\.\d+(?:\.\d+)?(?:[ab]\d+)?$/,
    parts: version => {
      const [, major, minor, patch = 0, letter = release, number = 0] =
        /^(\d+)\.(\d+)(?:\.(\d+))?(?:([ab])(\d+))?$/.exec(version) ?? []
      return [Number(major), Number(minor), Number(patch), letter, Number(number)]
    },
  },
  semver: {
    form: /^\d+\.\d+\.\d+(?:-[\w.-]+)?(?:\+[\w.-]+)?$/,
    parts: version => {
      const [core = '', ...before] = version.replace(/\+.*$/, '').split('-')
      const steps = before
        .join('-')
        .split('.')
        .map(step => (/^\d+$/.test(step) ? step.padStart(12, '0') : `a${step}`))
      return [...core.split('.').map(Number), ...(before.length > 0 ? steps : [release])]
    },
  },
  pep440: {
    form: /^v?\d+(?:\.\d+)*(?:[-_.]?(?:a|b|c|rc|alpha|beta|pre|preview)[-_.]?\d*)?(?:[-_.]?(?:post|rev|r)[-_.]?\d*)?(?:[-_.]?dev[-_.]?\d*)?$/i,
    parts: pep440,
  },
}

/** How to compare two versions; `loose` unless another kind is named. Throws on unknown words and on what is no version of the kind. */
export function compareVersions(left: string, right: string, operator: string, kindName = 'loose'): boolean {
  const holds = operators[synonyms[operator] ?? operator]
  if (!holds) throw new Error(`version: "${operator}" is none of ${Object.keys(operators).join(' ')}`)
  const kind = kinds[kindName === 'semantic' ? 'semver' : kindName]
  if (!kind) throw new Error(`version: "${kindName}" is none of ${Object.keys(kinds).join(', ')}`)
  const wrong = [left, right].find(version => !kind.form.test(version))
  if (wrong !== undefined) throw new Error(`version: "${wrong}" is no ${kindName} version`)
  return holds(order(kind.parts(left), kind.parts(right)))
}

/** Numbers and letters in turn, as Python's LooseVersion cuts them. */
function loose(version: string): readonly Part[] {
  return version
    .split(/(\d+|[a-z]+|\.)/)
    .filter(part => part !== '' && part !== '.')
    .map(part => (/^\d+$/.test(part) ? Number(part) : part))
}

function pep440(version: string): readonly Part[] {
  const [, core = '', before, number, post, dev] =
    /^v?([\d.]+?)\.?(?:[-_.]?(alpha|beta|preview|pre|rc|a|b|c)[-_.]?(\d*))?(?:[-_.]?(?:post|rev|r)[-_.]?(\d*))?(?:[-_.]?dev[-_.]?(\d*))?$/i.exec(
      version,
    ) ?? []
  const numbers = core
    .replace(/(?:\.0)+$/, '')
    .split('.')
    .map(Number)
  const early =
    before === undefined
      ? dev !== undefined && post === undefined
        ? '0'
        : release
      : before[0]?.replace('p', 'r').replace('c', 'r')
  const padded = [...numbers, ...Array<number>(8).fill(0)].slice(0, 8)
  return [
    ...padded,
    early ?? release,
    Number(number || 0),
    post === undefined ? -1 : Number(post || 0),
    dev === undefined ? Number.POSITIVE_INFINITY : Number(dev || 0),
  ]
}

function order(left: readonly Part[], right: readonly Part[]): number {
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const difference = compare(left[index] ?? 0, right[index] ?? 0)
    if (difference !== 0) return difference
  }
  return left.length - right.length
}

function compare(left: Part, right: Part): number {
  if (typeof left !== typeof right)
    throw new Error(`version: ${left} and ${right} have no order; name a version_type such as semver`)
  return left === right ? 0 : left < right ? -1 : 1
}
