import {join} from 'node:path'
import {packageRoot} from '../../src/package-root.ts'
import type {Command} from '../measure.ts'
import type {Tool} from './tool.ts'

/** Ours, as built. */
export const provision: Tool = {
  name: 'provision',
  command: ({playbook}, {folder, places}) => provisionCommand(folder, playbook, ['-f', String(places.length)]),
}

/** A whole run of ours in a folder with an inventory and a home. */
export function provisionCommand(folder: string, playbook: string, words: readonly string[] = []): Command {
  const program = join(packageRoot, 'dist/cli.js')
  return {folder, words: [process.execPath, program, '-i', 'hosts.yml', '-o', 'plain', ...words, playbook]}
}
