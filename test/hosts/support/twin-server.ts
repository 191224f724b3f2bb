import {createHash} from 'node:crypto'
import {mkdir, mkdtemp, readFile, rm, stat, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {run} from '../../../src/sandbox/local-command.ts'
import {RepositoryServer, SigningKey, suiteFiles} from './apt-repository.ts'
import type {DebianPackage} from './docker-packages.ts'

/** What playbooks of the twins download: a text, a key, and a repository with two versions of a package. */
export class TwinServer {
  readonly #server = new RepositoryServer()
  #key: SigningKey | undefined
  #folder = ''

  /** Starts on an address of this machine; gives the URL without a slash at its end. */
  async start(address: string): Promise<string> {
    this.#folder = await mkdtemp(join(tmpdir(), 'provision-twin-'))
    this.#key = await SigningKey.make()
    const packages = [await this.#package('1.0'), await this.#package('2.0')]
    this.#server.files.set('/hello.txt', 'Hello from the server.\n')
    this.#server.files.set('/key.asc', this.#key.armored)
    for (const {file} of packages) this.#server.files.set(`/${file.split('/').at(-1)}`, {file})
    this.#server.add('/debian', await suiteFiles('twins', packages, this.#key))
    return this.#server.start(address)
  }

  async stop(): Promise<void> {
    await this.#server.stop()
    await this.#key?.remove()
    if (this.#folder !== '') await rm(this.#folder, {recursive: true})
  }

  async #package(version: string): Promise<DebianPackage> {
    const root = join(this.#folder, version)
    const control = [
      'Package: twin-tool',
      `Version: ${version}`,
      'Architecture: all',
      'Maintainer: A test <test@example.com>',
      'Description: A tool',
      '',
    ].join('\n')
    await mkdir(join(root, 'DEBIAN'), {recursive: true})
    await writeFile(join(root, 'DEBIAN/control'), control)
    const file = join(this.#folder, `twin-tool_${version}_all.deb`)
    await run`dpkg-deb --root-owner-group --build ${root} ${file}`
    const content = await readFile(file)
    return {file, size: (await stat(file)).size, sha256: createHash('sha256').update(content).digest('hex'), control}
  }
}
