import {z} from 'zod'
import {count, path} from './arguments.ts'

/** A name that Compose, PostgreSQL and sh all take as it is. */
export const plainName = z.string().regex(/^[a-z][a-z0-9_]*$/, 'must be lower case letters, digits and underscores')

/** The arguments that all modules share which work on a Chatwoot in Compose. */
export const site = {
  project: plainName.default('chatwoot').describe('Name of the Compose project.'),
  project_src: path.describe('Folder of compose.yml on the host.'),
  database: plainName.default('chatwoot_production').describe("Name of Chatwoot's database."),
  timeout: count.default(600).describe('Seconds that one command of the app may take.'),
}
