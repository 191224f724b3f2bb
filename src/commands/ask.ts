/** One of the answers that a question offers. */
type Choice = {readonly value: string; readonly name: string; readonly description?: string | undefined}

/** A question that is answered by typing; `isWrong` says what is wrong with an answer, or nothing. */
export type TextQuestion = {
  readonly message: string
  /** What an empty answer stands for. */
  readonly fallback?: string | undefined
  readonly isWrong?: ((text: string) => string | undefined) | undefined
}

/** A question that offers its answers. */
export type ChoiceQuestion = {
  readonly message: string
  readonly choices: readonly Choice[]
  readonly fallback?: string | undefined
}

/** Asks for a secret on the terminal, without showing it. */
export async function askSecret(message: string): Promise<string> {
  const {secret} = await (await prompts())<{secret: string}>([{type: 'password', name: 'secret', message}])
  return secret
}

/** Asks the people at the terminal; with `echo`, what they type is shown. */
export async function askPeople(message: string, echo: boolean): Promise<string> {
  return echo ? askText({message}) : askSecret(message)
}

/** Asks for text, again until nothing is wrong with it. */
export async function askText({message, fallback, isWrong = () => undefined}: TextQuestion): Promise<string> {
  const validate = (text: string) => isWrong(text) ?? true
  const question = {type: 'input', name: 'text', message, validate, ...(fallback !== undefined && {default: fallback})}
  const {text} = await (await prompts())<{text: string}>([{...question, type: 'input'}])
  return text
}

/** Asks for yes or no; Enter is `fallback`. */
export async function askYes(message: string, fallback: boolean): Promise<boolean> {
  const question = {type: 'confirm', name: 'yes', message, default: fallback} as const
  return (await (await prompts())<{yes: boolean}>([question])).yes
}

/** Lets people choose one of a list. */
export async function askChoice({message, choices, fallback}: ChoiceQuestion): Promise<string> {
  const offered = choices.map(({description, ...choice}) => ({...choice, ...(description && {description})}))
  const question = {type: 'select', name: 'one', message, choices: offered} as const
  return (await (await prompts())<{one: string}>([{...question, ...(fallback !== undefined && {default: fallback})}]))
    .one
}

/** Lets people choose several of a list, or none. */
export async function askSeveral({message, choices}: ChoiceQuestion): Promise<readonly string[]> {
  const offered = choices.map(({description, ...choice}) => ({...choice, ...(description && {description})}))
  const question = {type: 'checkbox', name: 'several', message, choices: offered, pageSize: 15} as const
  return (await (await prompts())<{several: readonly string[]}>([question])).several
}

/** Whether an error is Ctrl-C at a question. */
export function isCtrlC(error: unknown): boolean {
  return error instanceof Error && error.name === 'ExitPromptError'
}

/** Loaded only when it is needed: it takes longer to load than a host to look at. */
async function prompts() {
  return (await import('inquirer')).default.prompt
}
