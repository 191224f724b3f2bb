import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {folderWith, provision, screen} from './program.ts'

const folder = folderWith({})
const shown = async (...words: readonly string[]) => screen(await provision(folder, words))

test('--version is that of package.json', async () => {
  const {version} = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
  expect(await shown('--version')).toBe(`exit 0\nstdout:\n${version}`)
})

test('a verb has its help on one screen, with an example', async () => {
  expect(await shown('docs', '--help')).toMatchInlineSnapshot(`
    "exit 0
    stdout:
    Usage: provision docs [options] [module]

    show the modules and what they take, or the inputs of the site

    Arguments:
      module               name of a module, or "inputs" for what the site takes

    Options:
      -o, --output <form>  form of the answer (choices: "text", "json", "markdown",
                           default: "text")
      -h, --help           display help for command

    Example:
      provision docs copy"
  `)
  expect(await shown('schema', '--help')).toMatchInlineSnapshot(`
    "exit 0
    stdout:
    Usage: provision schema [options] <kind>

    write the JSON Schema of playbooks, files of tasks, inventories or plans, for
    editors

    Arguments:
      kind          what the schema is of (choices: "playbook", "tasks",
                    "inventory", "plan")

    Options:
      --out <file>  where it goes (default: the terminal)
      -h, --help    display help for command

    Editors that have yaml-language-server check and complete a file that begins
    with this line:
      # yaml-language-server: $schema=FILE

    Example:
      provision schema playbook --out playbook.schema.json"
  `)
})

test('an unknown module is refused, with the nearest one', async () => {
  expect(await shown('docs', 'ansible.builtin.cpoy')).toMatchInlineSnapshot(`
    "exit 3
    error: there is no module "ansible.builtin.cpoy"
    Did you mean "copy"?"
  `)
})

test('a page can be had as data', async () => {
  const {stdout} = await provision(folder, ['docs', 'community.general.timezone', '--output', 'json'])
  expect(JSON.parse(stdout)).toMatchInlineSnapshot(`
    {
      "arguments": [
        {
          "description": "The time zone, such as Europe/Berlin.",
          "name": "name",
          "required": true,
          "type": "text",
        },
      ],
      "checkMode": "shows what would change",
      "example": {
        "name": "Time zone",
        "timezone": {
          "name": "Europe/Berlin",
        },
      },
      "name": "timezone",
      "returns": [
        "changed",
        "failed",
        "skipped",
        "msg",
      ],
      "runsOn": "host",
      "summary": "Sets the host's time zone.",
      "topic": "system",
    }
  `)
})

test('the inputs can be had as data', async () => {
  const {stdout} = await provision(folder, ['docs', 'inputs', '-o', 'json'])
  expect(JSON.parse(stdout)[0]).toMatchInlineSnapshot(`
    {
      "description": "The name that browsers use, without https:// and without a slash.",
      "example": "chat.example.com",
      "matches": "^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$",
      "name": "chatwoot_domain",
      "required": true,
      "secret": false,
      "topic": "the site",
      "type": "str",
    }
  `)
})

test('a schema is written where it is wanted, with the line for editors', async () => {
  expect(await shown('schema', 'playbook', '--out', 'playbook.json')).toMatchInlineSnapshot(`
    "exit 0
    playbook.json is written; the line above makes editors use it (the path counts from the file that it stands in)
    stdout:
    # yaml-language-server: $schema=playbook.json"
  `)
  const schema = JSON.parse(readFileSync(join(folder, 'playbook.json'), 'utf8'))
  expect(schema.$schema).toBe('http://json-schema.org/draft-07/schema#')
})

test('a schema that cannot be written is a mistake of who typed it', async () => {
  expect(await shown('schema', 'inventory', '--out', 'nowhere/inventory.json')).toMatchInlineSnapshot(`
    "exit 3
    error: nowhere/inventory.json cannot be written: ENOENT: no such file or directory, open 'nowhere/inventory.json'"
  `)
})
