import {readFile, rm} from 'node:fs/promises'
import {basename, dirname, join} from 'node:path'
import {isMap} from '../../value.ts'
import {writePrivateFile} from '../../write-file.ts'
import {parseYaml, plain, writeYaml} from '../../yaml.ts'

/** The answers so far, in a file beside the inventory that is to be, which only its owner reads; secrets are not among them. */
export class KeptAnswers {
  readonly file: string
  readonly #answers: Map<string, string>

  private constructor(file: string, answers: Map<string, string>) {
    this.file = file
    this.#answers = answers
  }

  /** Reads what an earlier call kept for this inventory, if it was not finished. Throws ConfigError. */
  static async of(inventory: string): Promise<KeptAnswers> {
    const file = join(dirname(inventory), `.${basename(inventory)}.unfinished`)
    const text = await readFile(file, 'utf8').catch(() => '')
    const kept = text === '' ? {} : plain(parseYaml(text, file))
    return new KeptAnswers(
      file,
      new Map(isMap(kept) ? Object.entries(kept).map(([key, one]) => [key, String(one)]) : []),
    )
  }

  get count(): number {
    return this.#answers.size
  }

  get(key: string): string | undefined {
    return this.#answers.get(key)
  }

  /** Keeps an answer; when this is done, it is on the disk. */
  async put(key: string, answer: string): Promise<void> {
    this.#answers.set(key, answer)
    const text = writeYaml(Object.fromEntries(this.#answers))
    await writePrivateFile(
      this.file,
      `# Answers to an unfinished provision init; calling it again goes on here.\n${text}`,
    )
  }

  /** Forgets the answers to a question and to those below it: they are asked again. */
  forget(key: string): void {
    const isBelow = (one: string) => [key, `more.${key}`].includes(one) || one.startsWith(`${key}.`)
    for (const one of [...this.#answers.keys()].filter(isBelow)) this.#answers.delete(one)
  }

  /** Forgets everything, with the file. */
  async clear(): Promise<void> {
    this.#answers.clear()
    await rm(this.file, {force: true})
  }
}
