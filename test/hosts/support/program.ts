import {join} from 'node:path'
import {packageRoot} from '../../../src/package-root.ts'
import type {SandboxHost} from '../../../src/sandbox/sandbox.ts'
import {copyToHost} from './look.ts'

/** Puts Node and provision on a host, each at the path that it has here, for a host that looks after itself. */
export async function installProgram(host: SandboxHost): Promise<void> {
  const parts = ['dist', 'package.json', 'node_modules/minijinja-js']
  await copyToHost(host, [process.execPath, ...parts.map(part => join(packageRoot, part))])
}
