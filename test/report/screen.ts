/** What a terminal shows after the bytes that a program wrote to it: as much of a terminal as the reports use. */
export class Screen {
  #columns: number
  #rows: number
  #lines: string[][] = [[]]
  #x = 0
  #y = 0
  cursorShown = true
  /** The screen at each ring of the bell. */
  readonly looks: string[] = []

  constructor(columns: number, rows: number) {
    this.#columns = columns
    this.#rows = rows
  }

  /** Takes in what a program wrote. */
  write(text: string): void {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal is told what to do by control sequences
    const token = /\u001B\[([?\d;]*)([A-Za-z])|([\s\S])/gu
    for (const [, numbers = '', command, letter = ''] of text.matchAll(token)) {
      if (command === undefined) this.#put(letter)
      else this.#control(numbers, command)
    }
  }

  /** The rows of the screen; the spinner as a star, without empty rows at the end. */
  show(): string {
    const rows = this.#lines.slice(-this.#rows).map(line =>
      Array.from(line, letter => letter ?? ' ')
        .join('')
        .trimEnd(),
    )
    return rows
      .join('\n')
      .trimEnd()
      .replace(/[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏]/g, '*')
  }

  #put(letter: string): void {
    if (letter === '\u0007') this.looks.push(this.show())
    else if (letter === '\r') this.#x = 0
    else if (letter === '\n') this.#down()
    else this.#print(letter)
  }

  #print(letter: string): void {
    if (this.#x === this.#columns) {
      this.#x = 0
      this.#down()
    }
    const line = this.#lines[this.#y] ?? []
    line[this.#x] = letter
    this.#x += 1
  }

  #down(): void {
    this.#y += 1
    if (this.#y === this.#lines.length) this.#lines.push([])
  }

  #control(numbers: string, command: string): void {
    const top = Math.max(0, this.#lines.length - this.#rows)
    if (command === 'A') this.#y = Math.max(top, this.#y - Number(numbers || 1))
    else if (command === 'G') this.#x = Number(numbers || 1) - 1
    else if (command === 'K' && numbers === '2') this.#lines[this.#y] = []
    else if (command === 't') this.#resize(numbers)
    else if (numbers === '?25') this.cursorShown = command === 'h'
    else if (command !== 'm') throw new Error(`unknown control sequence ${numbers}${command}`)
  }

  /** Takes a new size as terminals do today: lines that are too long are broken, and the cursor stays with its text. */
  #resize(numbers: string): void {
    const [, rows = 0, columns = 0] = numbers.split(';').map(Number)
    const broken = this.#lines.map(line => {
      const count = Math.max(1, Math.ceil(line.length / columns))
      return Array.from({length: count}, (_, index) => line.slice(index * columns, (index + 1) * columns))
    })
    this.#y = broken.slice(0, this.#y).flat().length
    this.#lines = broken.flat()
    this.#columns = columns
    this.#rows = rows
  }
}
