import type {Command} from '../command-line.ts'

/** Adds the verb `report`: one HTML page of a run, or of the history of drift. */
export function reportCommand(program: Command): void {
  program
    .command('report')
    .summary('make an HTML page of a run or of drift')
    .description('make one HTML page of a run or of looks for drift; it needs no network')
    .argument('[file]', 'what --output json or jsonl printed, or a history.jsonl', '-')
    .option('--out <file>', 'where it goes (default: the terminal)')
    .addHelpText('after', help)
    .action(async (file: string, {out}: {readonly out?: string}) => {
      // Loaded only when it is needed: no run needs it.
      const {report} = await import('./report.ts')
      await report(file, out)
    })
}

const help = `
The file - is what comes in, so that it may be in a pipe.

Examples:
  provision -i prod.yml --output jsonl > run.jsonl
  provision report run.jsonl --out run.html
  provision drift history -i prod.yml -o json | provision report > drift.html`
