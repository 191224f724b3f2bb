import {createHash} from 'node:crypto'
import {once} from 'node:events'
import {createReadStream} from 'node:fs'
import {mkdtemp, rm, writeFile} from 'node:fs/promises'
import {createServer, type Server, type ServerResponse} from 'node:http'
import type {AddressInfo} from 'node:net'
import {tmpdir} from 'node:os'
import {basename, join} from 'node:path'
import {run} from '../../../src/sandbox/local-command.ts'
import type {DebianPackage} from './docker-packages.ts'

/** A key that signs repositories, in a home of its own; made by whoever needs one, and gone afterwards. */
export class SigningKey {
  readonly home: string
  /** The public key, armored. */
  readonly armored: string

  private constructor(home: string, armored: string) {
    this.home = home
    this.armored = armored
  }

  static async make(): Promise<SigningKey> {
    const home = await mkdtemp(join(tmpdir(), 'provision-key-'))
    await run`gpg --homedir ${home} --batch --quiet --passphrase '' --quick-generate-key 'A repository of tests' rsa3072 sign never`
    return new SigningKey(home, `${await run`gpg --homedir ${home} --batch --armor --export`}\n`)
  }

  /** The text with its signature around it. */
  async sign(text: string): Promise<string> {
    const file = join(this.home, 'text')
    await writeFile(file, text)
    return `${await run`gpg --homedir ${this.home} --batch --yes --clear-sign --output - ${file}`}\n`
  }

  async remove(): Promise<void> {
    await run`gpgconf --homedir ${this.home} --kill all`
    await rm(this.home, {recursive: true, force: true})
  }
}

/** The files of one suite by their paths below the repository: index, packages, and the Release signed with the key. */
export async function suiteFiles(
  suite: string,
  packages: readonly DebianPackage[],
  key: SigningKey,
): Promise<ReadonlyMap<string, Content>> {
  const architecture = await run`dpkg --print-architecture`
  const pool = `dists/${suite}/pool/stable/${architecture}`
  const index = packages.map(one => entryOf(one, pool)).join('\n')
  const indexName = `stable/binary-${architecture}/Packages`
  const release = [
    'Origin: Docker',
    'Label: Docker CE',
    `Suite: ${suite}`,
    `Codename: ${suite}`,
    `Date: ${new Date().toUTCString()}`,
    `Architectures: ${architecture}`,
    'Components: stable',
    'SHA256:',
    ` ${createHash('sha256').update(index).digest('hex')} ${Buffer.byteLength(index)} ${indexName}`,
    '',
  ]
  return new Map<string, Content>([
    [`dists/${suite}/InRelease`, await key.sign(release.join('\n'))],
    [`dists/${suite}/${indexName}`, index],
    ...packages.map(({file}) => [`${pool}/${basename(file)}`, {file}] as const),
  ])
}

/** What is served under one path: a text, or a file of this machine. */
export type Content = string | {readonly file: string}

/** A web server with an apt repository; remembers which paths it was asked for. */
export class RepositoryServer {
  readonly files = new Map<string, Content>()
  /** Paths in the order in which they were asked for. */
  asked: string[] = []
  readonly #server: Server

  constructor() {
    this.#server = createServer((request, response) => {
      const path = decodeURIComponent(request.url ?? '')
      this.asked.push(path)
      answer(response, this.files.get(path))
    })
  }

  /** Starts on a free port of the address; gives the URL without a slash at its end. */
  async start(address: string): Promise<string> {
    this.#server.listen(0, address)
    await once(this.#server, 'listening')
    return `http://${address}:${(this.#server.address() as AddressInfo).port}`
  }

  /** Serves files below a path. */
  add(below: string, files: ReadonlyMap<string, Content>): void {
    for (const [path, content] of files) this.files.set(`${below}/${path}`, content)
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    if (this.#server.listening) await new Promise(resolve => this.#server.close(resolve))
  }
}

function answer(response: ServerResponse, content: Content | undefined): void {
  if (content === undefined) response.writeHead(404).end()
  else if (typeof content === 'string') response.end(content)
  else createReadStream(content.file).pipe(response)
}

function entryOf({control, file, size, sha256}: DebianPackage, pool: string): string {
  return `${control}Filename: ${pool}/${basename(file)}\nSize: ${size}\nSHA256: ${sha256}\n`
}
