import {type Command, Option} from '../command-line.ts'
import {type Form, forms} from './forms.ts'

/** Adds the verb `docs`: the reference of modules and inputs. */
export function docsCommand(program: Command): void {
  program
    .command('docs')
    .summary('show modules, or the inputs of the site')
    .description('show the modules and what they take, or the inputs of the site')
    .argument('[module]', 'name of a module, or "inputs" for what the site takes')
    .addOption(new Option('-o, --output <form>', 'form of the answer').choices(forms).default('text'))
    .addHelpText('after', '\nExample:\n  provision docs copy')
    .action(async (name: string | undefined, {output}: {readonly output: Form}) => {
      // Loaded only when it is needed: no run needs it.
      const {docs} = await import('./docs.ts')
      process.stdout.write(await docs(name, output))
    })
}
