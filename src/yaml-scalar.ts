type Plain = null | boolean | number | string

type Written = {readonly value: unknown; readonly source?: string | undefined; readonly tag?: string | undefined}

/** What a scalar means in playbooks; one with the tag `!unsafe` is a template that gives its text. */
export function scalarOf(node: Written): Plain {
  const value = scalarValue(node)
  return node.tag === '!unsafe' ? literally(value) : value
}

/** Numbers that begin with 0 stay text, so that a file mode means what it says; so do dates and what JavaScript cannot count. */
function scalarValue(node: Written): Plain {
  const {value, source = ''} = node
  if (typeof value === 'string' || value === null) return value
  if (typeof value === 'boolean') return /^[yn]$/i.test(source) ? source : value
  const exact =
    typeof value === 'number' && Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value))
  return exact && !/^[-+]?0o?\d/.test(source) && !source.includes(':') ? value : source
}

function literally(value: Plain): Plain {
  const isPlain = typeof value !== 'string' || !/\{[{%#]/.test(value)
  return isPlain ? value : `{% raw %}${value}{% endraw %}`
}
