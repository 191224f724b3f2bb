/** One thing that the wizard wants to know. Every answer is text: `yes` or `no`, a choice's value, several of them with commas. */
export type Question = {
  /** What the answer is kept under: `chatwoot_smtp.port`, `host.address`. */
  readonly key: string
  readonly message: string
  readonly kind: 'text' | 'secret' | 'choice' | 'several' | 'yes'
  readonly choices?: readonly Offer[]
  /** What an empty answer stands for. */
  readonly fallback?: string
  /** What is wrong with an answer; undefined: nothing. */
  readonly isWrong?: (text: string) => string | undefined
}

/** One of the answers that a question offers. */
export type Offer = {readonly value: string; readonly name: string; readonly description?: string}

/** Gets a question answered: by the people at the terminal, or by what they answered before. */
export type Ask = (question: Question) => Promise<string>
