import {execFileSync} from 'node:child_process'
import {existsSync, readdirSync, statSync} from 'node:fs'
import {join} from 'node:path'

const root = join(import.meta.dirname, '..')

/** Builds the program for the tests that run it, unless dist/ is newer than all of src/. */
export default function build(): void {
  const built = join(root, 'dist', 'cli.js')
  if (existsSync(built) && statSync(built).mtimeMs > newest(join(root, 'src'))) return
  execFileSync('npm', ['run', '--silent', 'build'], {cwd: root, stdio: 'inherit'})
}

/** When the newest file of a folder was changed, in milliseconds since 1970. */
function newest(folder: string): number {
  const files = readdirSync(folder, {recursive: true, encoding: 'utf8'})
  return Math.max(...files.map(file => statSync(join(folder, file)).mtimeMs))
}
