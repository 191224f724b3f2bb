import {Argument, type Command} from '../command-line.ts'
import {scripts, shells} from './scripts.ts'

/** Adds the verb `completion`, and the hidden one that the shells' scripts call for each press of Tab. */
export function completionCommand(program: Command): void {
  program
    .command('completion')
    .summary('have a shell complete the words of provision')
    .description('print what makes a shell complete the words of provision')
    .addArgument(new Argument('<shell>', 'whose script to print').choices(shells))
    .addHelpText('after', help)
    .action((shell: keyof typeof scripts) => void process.stdout.write(scripts[shell]))
  program
    .command('complete', {hidden: true})
    .argument('[words...]')
    .allowUnknownOption()
    .action(async (words: readonly string[]) => {
      const {candidates} = await import('./candidates.ts')
      const found = await candidates(program, words)
      process.stdout.write(found.map(({word, description}) => `${word}\t${description}\n`).join(''))
    })
}

const help = `
Examples:
  bash  source <(provision completion bash)      in ~/.bashrc
  zsh   source <(provision completion zsh)       in ~/.zshrc, after compinit
  fish  provision completion fish | source       in ~/.config/fish/config.fish`
