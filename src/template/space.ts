/** What becomes of the space around statements: of the line end after one, and of the blanks before one that begins a line. */
export type Space = {readonly trimBlocks: boolean; readonly lstripBlocks: boolean}

/** Reads the line `#jinja2: lstrip_blocks: True, …` that a template file may begin with, which is no part of the template. */
export function spaceOf(text: string, otherwise: Space): {readonly space: Space; readonly text: string} {
  const [line, said = ''] = /^#jinja2:(.*)\n?/.exec(text) ?? []
  if (line === undefined) return {space: otherwise, text}
  const settings = new Map(said.split(',').map(one => setting(one)))
  const space = {
    trimBlocks: settings.get('trim_blocks') ?? otherwise.trimBlocks,
    lstripBlocks: settings.get('lstrip_blocks') ?? otherwise.lstripBlocks,
  }
  return {space, text: text.slice(line.length)}
}

function setting(text: string): readonly [string, boolean] {
  const [name = '', value = ''] = text.split(':')
  return [name.trim(), /^true$/i.test(value.trim())]
}
