import {sh} from '../shell/shell.ts'
import type {Value, Values} from '../value.ts'
import {all} from './answer.ts'

/** Asks what a host tells of itself in /etc/ansible/facts.d: files are read, programs are run. */
export const askLocal = sh`for f in /etc/ansible/facts.d/*.fact; do if [ -f "$f" ]; then
n=\${f##*/}; printf 'local=%s %s\n' "\${n%.fact}" "$(if [ -x "$f" ]; then "$f" 2>/dev/null; else cat "$f"; fi | base64 | tr -d '\n')"
fi; done`

/** Makes ansible_local of that: files of JSON, or of sections with options. */
export function localFacts(answer: string): Values {
  const files = all(answer, 'local').map(row => row.split(' '))
  return Object.fromEntries(
    files.map(([name = '', text = '']) => [name, factOf(Buffer.from(text, 'base64').toString())]),
  )
}

function factOf(text: string): Value {
  try {
    return JSON.parse(text)
  } catch {
    return sectionsOf(text)
  }
}

function sectionsOf(text: string): Value {
  const parts = text.split(/^[ \t]*\[(.+)\][ \t]*$/m).slice(1)
  const names = parts.filter((_, index) => index % 2 === 0)
  const sections = names.map((name, index): [string, Value] => [name, optionsOf(parts[index * 2 + 1] ?? '')])
  return names.length > 0
    ? Object.fromEntries(sections)
    : `error loading facts as JSON or ini - please check content: ${text.trim()}`
}

function optionsOf(text: string): Value {
  const options = [...text.matchAll(/^([^=:#;\s][^=:\n]*?)[ \t]*[=:][ \t]*(.*)$/gm)]
  return Object.fromEntries(options.map(([, name = '', value = '']) => [name.toLowerCase(), value.trim()]))
}
