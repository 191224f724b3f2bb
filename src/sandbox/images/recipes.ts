import {type ChatwootVersion, chatwootVersions} from './chatwoot-versions.ts'

/** How one layer is made: files and texts are laid down, then the script runs in a chroot on top of the layers below. */
export type LayerRecipe = {
  readonly name: string
  /** The layers under this one, lowest first; the base system, which is under all, is not named. */
  readonly below: readonly LayerRecipe[]
  /** What is copied, each a path in the package's sandbox/ folder and one in the image. */
  readonly files: readonly {readonly from: string; readonly to: string}[]
  /** Small files by their path in the image. */
  readonly texts: Readonly<Record<string, string>>
  /** A shell script in the package's sandbox/ folder. */
  readonly script?: string
}

/** What an image tells an engine, in the words of the OCI image configuration. */
export type ImageConfiguration = {
  readonly Env?: readonly string[]
  readonly Entrypoint?: readonly string[]
  readonly Cmd?: readonly string[]
  readonly WorkingDir?: string
  readonly StopSignal?: string
  readonly ExposedPorts?: Readonly<Record<string, object>>
  readonly Volumes?: Readonly<Record<string, object>>
}

/** An image: its names, its layers above the base system, lowest first, and its configuration. */
export type ImageRecipe = {
  readonly references: readonly string[]
  readonly layers: readonly LayerRecipe[]
  readonly configuration: ImageConfiguration
}

/** Every image of the sandbox. */
export function imageRecipes(): ImageRecipe[] {
  return [pgvector, redis, nginx, ...chatwootVersions.flatMap(chatwootEditions)]
}

const systemPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

const pgvector: ImageRecipe = {
  references: ['pgvector/pgvector:pg16'],
  layers: [installLayer('pgvector')],
  configuration: {
    Env: [
      `PATH=${systemPath}:/usr/lib/postgresql/17/bin`,
      'LANG=en_US.utf8',
      'PG_MAJOR=17',
      'PGDATA=/var/lib/postgresql/data',
    ],
    Entrypoint: ['docker-entrypoint.sh'],
    Cmd: ['postgres'],
    StopSignal: 'SIGINT',
    ExposedPorts: {'5432/tcp': {}},
    Volumes: {'/var/lib/postgresql/data': {}},
  },
}

const redis: ImageRecipe = {
  references: ['library/redis:7.4-alpine', 'library/redis:8.0-alpine'],
  layers: [installLayer('redis')],
  configuration: {
    Env: [`PATH=${systemPath}`],
    Entrypoint: ['docker-entrypoint.sh'],
    Cmd: ['redis-server'],
    WorkingDir: '/data',
    ExposedPorts: {'6379/tcp': {}},
    Volumes: {'/data': {}},
  },
}

const nginx: ImageRecipe = {
  references: ['library/nginx:1.28-alpine'],
  layers: [installLayer('nginx')],
  configuration: {
    Env: [`PATH=${systemPath}`],
    Entrypoint: ['/docker-entrypoint.sh'],
    Cmd: ['nginx', '-g', 'daemon off;'],
    StopSignal: 'SIGQUIT',
    ExposedPorts: {'80/tcp': {}},
  },
}

const ruby: LayerRecipe = {
  name: 'ruby',
  below: [],
  files: [{from: 'app/Gemfile', to: '/app/Gemfile'}],
  texts: {},
  script: 'images/ruby/install.sh',
}

function installLayer(name: string): LayerRecipe {
  const files = [{from: `images/${name}/files`, to: '/'}]
  return {name, below: [], files, texts: {}, script: `images/${name}/install.sh`}
}

function chatwootEditions(version: ChatwootVersion): ImageRecipe[] {
  return [chatwoot(version, 'ee'), chatwoot(version, 'ce')]
}

function chatwoot(version: ChatwootVersion, edition: 'ee' | 'ce'): ImageRecipe {
  return {
    references: [`chatwoot/chatwoot:${version.tag}${edition === 'ce' ? '-ce' : ''}`],
    layers: [ruby, applicationLayer(version, edition)],
    configuration: {
      Env: [
        `PATH=${systemPath}`,
        'LANG=C.UTF-8',
        'RAILS_ENV=production',
        'RAILS_SERVE_STATIC_FILES=true',
        'EXECJS_RUNTIME=Disabled',
        'BUNDLE_WITHOUT=development:test',
        'BUNDLE_SILENCE_ROOT_WARNING=true',
        `CW_EDITION=${edition}`,
        ...version.switches,
      ],
      Cmd: ['irb'],
      WorkingDir: '/app',
      ExposedPorts: {'3000/tcp': {}},
    },
  }
}

function applicationLayer({tag, folders}: ChatwootVersion, edition: 'ee' | 'ce'): LayerRecipe {
  return {
    name: `chatwoot-${tag}-${edition}`,
    below: [ruby],
    files: ['app', ...folders.map(folder => `versions/${folder}`)].map(from => ({from, to: '/app'})),
    texts: {
      '/app/VERSION_CW': `${tag.slice(1)}\n`,
      '/app/.git_sha': `stand-in-${tag}\n`,
      ...(edition === 'ee' ? {'/app/enterprise/README': 'A stand-in: there is no enterprise code here.\n'} : {}),
    },
  }
}
