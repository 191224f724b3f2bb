import {describe, expect, test} from 'vitest'
import {type Import, importsOf, sourceFiles} from './source-imports.ts'

/**
 * A folder of src/ (or a file that lies in src/ itself), and the folders and files that it may import from besides
 * itself. `type x` allows `import type` alone. Low layers first: each line names only lines above it.
 */
const mayImport: {readonly [layer: string]: readonly string[]} = {
  // What everybody may know.
  'errors.ts': [],
  'nearest.ts': [],
  'package-root.ts': [],
  'lock.ts': [],
  'write-file.ts': [],
  'mail.ts': [],
  'state-folder.ts': [],
  'home-folder.ts': [],
  shell: ['errors.ts'],
  'accepted.ts': ['errors.ts'],
  'value.ts': [],
  'controller.ts': ['type errors.ts', 'type value.ts', 'type shell'],
  'module.ts': ['type value.ts', 'type controller.ts', 'accepted.ts', 'shell'],
  'play.ts': ['type errors.ts', 'type module.ts'],

  // From text to plain data.
  'yaml-mistakes.ts': ['type errors.ts'],
  vault: [],
  'yaml-scalar.ts': [],
  'yaml.ts': ['yaml-mistakes.ts', 'yaml-scalar.ts', 'errors.ts', 'type module.ts', 'vault'],
  'argument-spec': ['value.ts', 'type module.ts', 'errors.ts', 'nearest.ts', 'yaml.ts'],

  // A module is pure: it knows the contract, and no host.
  modules: ['write-file.ts', 'home-folder.ts', 'value.ts', 'module.ts', 'errors.ts', 'shell', 'argument-spec'],

  // What nobody may see, and where it is kept.
  secrets: ['lock.ts', 'write-file.ts', 'value.ts', 'type module.ts', 'errors.ts', 'yaml.ts'],

  // From files to hosts and plays.
  template: ['home-folder.ts', 'value.ts', 'type module.ts', 'nearest.ts', 'shell', 'yaml.ts', 'secrets'],
  inventory: [
    'shell',
    'value.ts',
    'type module.ts',
    'type play.ts',
    'errors.ts',
    'nearest.ts',
    'yaml.ts',
    'argument-spec',
  ],
  playbook: [
    'home-folder.ts',
    'value.ts',
    'type module.ts',
    'type play.ts',
    'errors.ts',
    'nearest.ts',
    'yaml.ts',
    'argument-spec',
    'template',
  ],

  // From the contract to people and their editors: what is asked for here needs no host and no run.
  reference: ['value.ts', 'type module.ts', 'playbook/keywords.ts', 'yaml.ts', 'argument-spec'],

  // From declared inputs to questions, and from answers to an inventory: who is asked, and how, is not known here.
  wizard: ['value.ts', 'type module.ts', 'argument-spec', 'yaml.ts', 'mail.ts', 'template'],

  // From plain data to hosts: no module by name, no YAML, no terminal.
  transport: ['home-folder.ts', 'errors.ts', 'shell'],
  engine: [
    'home-folder.ts',
    'value.ts',
    'type module.ts',
    'type play.ts',
    'errors.ts',
    'shell',
    'template',
    'transport/transport.ts',
  ],
  sandbox: ['lock.ts', 'errors.ts', 'package-root.ts'],

  // A plan at rest, and what holds a run to it.
  plan: ['write-file.ts', 'state-folder.ts', 'value.ts', 'type module.ts', 'errors.ts', 'type engine'],

  // Looks for drift one after another: what they found, who is told, and what starts them.
  watch: ['lock.ts', 'write-file.ts', 'state-folder.ts', 'mail.ts', 'type module.ts', 'errors.ts'],

  // From events to people.
  report: [
    'value.ts',
    'type engine/events.ts',
    'type engine/foresight.ts',
    'type plan/saved-plan.ts',
    'type watch/look.ts',
    'type module.ts',
    'errors.ts',
  ],

  // The wiring.
  commands: [
    'home-folder.ts',
    'value.ts',
    'lock.ts',
    'type module.ts',
    'type play.ts',
    'errors.ts',
    'nearest.ts',
    'package-root.ts',
    'argument-spec',
    'modules',
    'yaml.ts',
    'template',
    'inventory',
    'playbook',
    'reference',
    'wizard',
    'secrets',
    'write-file.ts',
    'vault',
    'shell',
    'transport',
    'engine',
    'plan',
    'sandbox',
    'watch',
    'report',
  ],
  'cli.ts': ['commands', 'report'],
}

/** An npm package, and the one file of src/ that imports it. */
const doors: {readonly [name: string]: string} = {
  'age-encryption': 'secrets/age.ts',
  commander: 'commands/command-line.ts',
  croner: 'watch/cron.ts',
  diff: 'report/diff.ts',
  inquirer: 'commands/ask.ts',
  listr2: 'report/host-list.ts',
  'minijinja-js': 'template/engine.ts',
  'node-ssh': 'transport/client.ts',
  nodemailer: 'mail.ts',
  'p-limit': 'engine/run.ts',
  ws: 'modules/websocket.ts',
  yaml: 'yaml.ts',
  zx: 'sandbox/local-command.ts',
}

/** Packages that a kind of file is written in, and where: a schema is zod, and has no other door. */
const vocabulary: {readonly [name: string]: readonly string[]} = {
  zod: ['accepted.ts', 'module.ts', 'argument-spec', 'modules', 'playbook', 'reference', 'plan', 'report'],
}

const files = sourceFiles()
const imports = files.flatMap(importsOf)
const ours = imports.filter(one => one.isOurs)
const packages = imports.filter(one => !one.isOurs)

describe('layers', () => {
  test('every folder of src/ has a line in the table, and every line its folder', () => {
    const layers = [...new Set(files.map(file => layerOf(file.path)))].sort()
    expect(Object.keys(mayImport).sort()).toEqual(layers)
  })

  test('a line of the table names only lines above it', () => {
    const layers = Object.keys(mayImport)
    const wrong = layers.flatMap((layer, index) =>
      (mayImport[layer] ?? []).filter(word => !layers.slice(0, index).includes(layerOf(pathOf(word)))),
    )
    expect(wrong).toEqual([])
  })

  test('a file imports only what its layer may', () => {
    const wrong = ours.filter(one => layerOf(one.from) !== layerOf(one.to) && !isAllowed(one))
    expect(wrong.map(shown)).toEqual([])
  })

  test('the table allows nothing that no file uses', () => {
    const unused = Object.entries(mayImport).flatMap(([layer, words]) =>
      words
        .filter(word => !ours.some(one => layerOf(one.from) === layer && permits(word, one)))
        .map(word => `${layer}: ${word}`),
    )
    expect(unused).toEqual([])
  })

  test('no files import each other in a circle', () => {
    // A type may point back within its folder: it is gone at run time, and the folder is one idea.
    const edges = ours.filter(one => one.kind === 'value' || layerOf(one.from) !== layerOf(one.to))
    expect(circles(edges)).toEqual([])
  })
})

describe('doors', () => {
  test('each npm package comes in by one file', () => {
    const wrong = packages.filter(one => one.kind === 'value' && doors[one.to] !== one.from && !isVocabulary(one))
    expect(wrong.map(shown)).toEqual([])
  })

  test('every door is in use', () => {
    const unused = Object.entries(doors).filter(
      ([name, file]) => !packages.some(one => one.to === name && one.from === file),
    )
    expect(unused).toEqual([])
  })

  test('the process ends in cli.ts alone', () => {
    const wrong = files.filter(file => file.path !== 'cli.ts' && /\bprocess\.(exit|abort|reallyExit)\(/.test(file.text))
    expect(wrong.map(file => file.path)).toEqual([])
  })

  test('what is imported can be read in the source', () => {
    const wrong = files.filter(file => /\bimport\((?!\s*')|\brequire\(|\bcreateRequire\b/.test(file.text))
    expect(wrong.map(file => file.path)).toEqual([])
  })
})

test('no file is longer than 250 lines', () => {
  const lines = files.map(file => ({path: file.path, lines: file.text.trimEnd().split('\n').length}))
  expect(lines.filter(file => file.lines > 250)).toEqual([])
})

describe('this test', () => {
  const of = (text: string) => importsOf({path: 'engine/run.ts', text}).map(shown)

  test('sees every form of import', () => {
    expect(of("import {a,\n  b} from './a.ts'\nimport type {T} from '../t.ts'\nexport * from './e.ts'")).toEqual([
      'engine/run.ts imports engine/a.ts',
      'engine/run.ts imports t.ts (type)',
      'engine/run.ts imports engine/e.ts',
    ])
    expect(of("import './a.ts'\nimport {type T} from './t.ts'\nexport type {U} from './u.ts'")).toEqual([
      'engine/run.ts imports engine/a.ts',
      'engine/run.ts imports engine/t.ts',
      'engine/run.ts imports engine/u.ts (type)',
    ])
    expect(of("const {x} = await import('@scope/name/part')\ntype Y = typeof import('zod')")).toEqual([
      'engine/run.ts imports @scope/name',
      'engine/run.ts imports zod (type)',
    ])
  })

  test('takes no other line for an import', () => {
    expect(of("export const from = 'x'\nexport function type() {\n  return 'a'\n}\nimport fs from 'node:fs'")).toEqual(
      [],
    )
  })

  test('finds a circle', () => {
    const edge = (from: string, to: string): Import => ({from, to, kind: 'value', isOurs: true})
    expect(circles([edge('a', 'b'), edge('b', 'c'), edge('c', 'b'), edge('c', 'd')])).toEqual(['b -> c -> b'])
  })
})

/** The layer of a path in src/: its first folder, or the file itself. */
function layerOf(path: string): string {
  return path.split('/')[0] ?? path
}

function pathOf(word: string): string {
  return word.replace(/^type /, '')
}

function isAllowed(one: Import): boolean {
  return (mayImport[layerOf(one.from)] ?? []).some(word => permits(word, one))
}

function permits(word: string, {to, kind}: Import): boolean {
  const path = pathOf(word)
  return (to === path || to.startsWith(`${path}/`)) && (kind === 'type' || word === path)
}

function isVocabulary({from, to}: Import): boolean {
  return (vocabulary[to] ?? []).some(place => place === from || place === layerOf(from))
}

function shown({from, to, kind}: Import): string {
  return `${from} imports ${to}${kind === 'type' ? ' (type)' : ''}`
}

/** Every circle that is found by walking along the edges, once each. */
function circles(edges: readonly Import[]): readonly string[] {
  const found: string[] = []
  const done = new Set<string>()
  const walk = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) found.push([...path.slice(path.indexOf(file)), file].join(' -> '))
    if (path.includes(file) || done.has(file)) return
    for (const edge of edges) if (edge.from === file) walk(edge.to, [...path, file])
    done.add(file)
  }
  for (const edge of edges) walk(edge.from, [])
  return found
}
