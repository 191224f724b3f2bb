#!/usr/bin/env node
import {applyCommand} from './commands/apply/command.ts'
import {briefHelp} from './commands/brief-help.ts'
import {Command, CommanderError} from './commands/command-line.ts'
import {completionCommand} from './commands/completion/command.ts'
import {docsCommand} from './commands/docs/command.ts'
import {driftCommand} from './commands/drift/command.ts'
import {hostsCommand} from './commands/hosts/command.ts'
import {initCommand} from './commands/init/command.ts'
import {planCommand} from './commands/plan/command.ts'
import {reportCommand} from './commands/report/command.ts'
import {runCommand} from './commands/run/command.ts'
import {sandboxCommand} from './commands/sandbox.ts'
import {schemaCommand} from './commands/schema/command.ts'
import {secretsCommand} from './commands/secrets/command.ts'
import {version} from './commands/version.ts'
import {exitCode, renderError} from './report/render-error.ts'

const program = new Command('provision')
  .description('Takes bare Linux hosts, over SSH alone, to a running Chatwoot, and keeps them there.')
  .version(version())
  // A verb has options of its own; -o after docs is not the -o of a run.
  .enablePositionalOptions()
  .exitOverride()
  .showHelpAfterError('(provision --help shows what there is)')
  .configureHelp(briefHelp)
  .addHelpText('after', '\nExample:\n  provision --inventory prod.yml --check --diff')

// Whoever reads our output may stop reading: `provision --help | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit()
  throw error
})

runCommand(program)
initCommand(program)
planCommand(program)
applyCommand(program)
driftCommand(program)
reportCommand(program)
hostsCommand(program)
sandboxCommand(program)
secretsCommand(program)
docsCommand(program)
schemaCommand(program)
completionCommand(program)

try {
  await program.parseAsync()
} catch (error) {
  process.exitCode = error instanceof CommanderError ? commanderExit(error) : failure(error)
}

function commanderExit(error: CommanderError): number {
  return error.exitCode === 0 ? 0 : 3
}

function failure(error: unknown): number {
  process.stderr.write(`${renderError(error, {color: Boolean(process.stderr.isTTY) && !process.env.NO_COLOR})}\n`)
  return exitCode(error)
}
