/** What is to be said of one option, or of a whole section, in a text of `[section]` and `option = value` lines. */
export type IniEdit = {
  readonly section?: string | undefined
  readonly option?: string | undefined
  readonly values: readonly string[]
  readonly state: 'present' | 'absent'
  readonly exclusive: boolean
  readonly no_extra_spaces: boolean
  readonly allow_no_value: boolean
}

type Line = {readonly text: string; readonly isDone?: boolean}

/** The text with the option as wanted, all else as it was; an option that is a comment becomes the option, as with Ansible. */
export function editIni(text: string, wanted: IniEdit): string {
  const lines = linesOf(text)
  const start = wanted.section ? lines.findIndex(line => line.startsWith(`[${wanted.section}]`)) : -1
  if (wanted.section && start < 0) return [...lines, ...newSection(wanted)].join('')
  const next = lines.findIndex((line, index) => index > start && line.startsWith('['))
  const end = next < 0 ? lines.length : next
  const inside = lines.slice(start + 1, end)
  const header = start < 0 ? [] : [lines[start] ?? '']
  return [...lines.slice(0, Math.max(start, 0)), ...editSection(header, inside, wanted), ...lines.slice(end)].join('')
}

function linesOf(text: string): readonly string[] {
  const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? ['\n']
  return lines.map(line => (line.endsWith('\n') ? line : `${line}\n`))
}

function newSection(wanted: IniEdit): readonly string[] {
  if (wanted.state === 'absent') return []
  return [`[${wanted.section}]\n`, ...(wanted.option === undefined ? [] : assignments(wanted, wanted.values))]
}

function editSection(header: readonly string[], inside: readonly string[], wanted: IniEdit): readonly string[] {
  const {option, state} = wanted
  if (option === undefined) return state === 'absent' ? [] : [...header, ...inside]
  return [...header, ...(state === 'absent' ? without(inside, option, wanted) : withValues(inside, option, wanted))]
}

function without(lines: readonly string[], option: string, {values, exclusive}: IniEdit): readonly string[] {
  return lines.filter(line => {
    const value = valueIn(line, option, '')
    return value === undefined || !(exclusive || values.includes(value))
  })
}

// First the lines that have one of the values, then other lines of the option; what is left over goes, or is added.
function withValues(inside: readonly string[], option: string, wanted: IniEdit): readonly string[] {
  const left = [...new Set(wanted.values)]
  let lines: readonly Line[] = inside.map(text => kept(text, option, left, wanted))
  if (wanted.exclusive && !wanted.allow_no_value) lines = exclusively(lines, option, left, wanted)
  const isThere = wanted.values.length === 0 && lines.some(line => line.isDone)
  const texts = lines.map(line => line.text)
  const place = texts.findLastIndex(text => !/^[ \t]*([#;].*)?\n$/.test(text)) + 1
  return isThere ? texts : texts.toSpliced(place, 0, ...assignments(wanted, left))
}

function kept(text: string, option: string, left: string[], wanted: IniEdit): Line {
  const value = valueIn(text, option, '[#;]?')
  if (value === undefined) return {text}
  const at = left.indexOf(value)
  if (at >= 0) left.splice(at, 1)
  else if (wanted.values.length > 0 || !wanted.allow_no_value) return {text}
  return {text: at >= 0 ? assignment(wanted, value) : `${option}\n`, isDone: true}
}

function exclusively(lines: readonly Line[], option: string, left: string[], wanted: IniEdit): readonly Line[] {
  return lines.flatMap(line => {
    if (line.isDone || valueIn(line.text, option, '[#;]?') === undefined) return [line]
    const value = left.shift()
    return value === undefined ? [] : [{text: assignment(wanted, value), isDone: true}]
  })
}

function assignments(wanted: IniEdit, values: readonly string[]): readonly string[] {
  const bare = wanted.values.length === 0 && wanted.allow_no_value ? [`${wanted.option}\n`] : []
  return [...bare, ...values.map(value => assignment(wanted, value))]
}

function assignment({option, no_extra_spaces, allow_no_value}: IniEdit, value: string): string {
  if (value === '' && allow_no_value) return `${option}\n`
  return no_extra_spaces ? `${option}=${value}\n` : `${option} = ${value}\n`
}

/** The option's value in a line; undefined when the line is not about it. */
function valueIn(line: string, option: string, comment: string): string | undefined {
  const name = option.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`^${comment}[ \\t]*${name}[ \\t]*(?:=|$)[ \\t]*(.*)`, 'm').exec(line)?.[1]
}
