import {stripVTControlCharacters, styleText} from 'node:util'
import type {Status} from '../engine/events.ts'

/** How a text may look. */
export type Format = Parameters<typeof styleText>[0]

/** Gives a text a look, or leaves it as it is where colors are off. */
export type Style = (format: Format, text: string) => string

/** Makes the one function that colors texts, or does not. */
export function makeStyle(color: boolean): Style {
  return color ? (format, text) => styleText(format, text, {validateStream: false}) : (_, text) => text
}

/** The color of each status. */
export const statusFormats: {readonly [status in Status]: Format} = {
  ok: 'green',
  changed: 'yellow',
  failed: 'red',
  unreachable: 'red',
  skipped: 'cyan',
  rescued: 'magenta',
  ignored: 'magenta',
}

/** What came from a host, made harmless for a terminal: no control codes; of a line drawn over itself, the last state. */
export function printable(text: string): string {
  return stripVTControlCharacters(text)
    .replaceAll('\r\n', '\n')
    .replace(/[^\n]*\r(?=[^\n])/g, '')
    .replace(/[^\P{Cc}\n\t]/gu, '')
}

/** The same on one line. */
export function oneLine(text: string): string {
  return printable(text).trim().replace(/\s+/g, ' ')
}
