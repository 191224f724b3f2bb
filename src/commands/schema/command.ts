import {Argument, type Command} from '../command-line.ts'
import {type Kind, kinds} from './kinds.ts'

/** Adds the verb `schema`: JSON Schema for editors. */
export function schemaCommand(program: Command): void {
  program
    .command('schema')
    .summary('write JSON Schemas, for editors')
    .description('write the JSON Schema of playbooks, files of tasks, inventories or plans, for editors')
    .addArgument(new Argument('<kind>', 'what the schema is of').choices(kinds))
    .option('--out <file>', 'where it goes (default: the terminal)')
    .addHelpText('after', help)
    .action(async (kind: Kind, {out}: {readonly out?: string}) => {
      // Loaded only when it is needed: no run needs it.
      const {schema} = await import('./schema.ts')
      await schema(kind, out)
    })
}

const help = `
Editors that have yaml-language-server check and complete a file that begins
with this line:
  # yaml-language-server: $schema=FILE

Example:
  provision schema playbook --out playbook.schema.json`
