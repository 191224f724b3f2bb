import {z} from 'zod'
import {type Shell, sh} from '../shell/shell.ts'
import {path, word, words} from './arguments.ts'

/** The arguments that say which Compose project it is. */
export const projectFields = {
  // Compose writes the directory down as the shell names it: one with a slash at its end would be another project's.
  project_src: path.transform(folder => folder.replace(/(?<=.)\/+$/, '')).describe('Directory of the compose file.'),
  project_name: word.optional().describe('The name of the project; by default that of the file or the directory.'),
  files: words.optional().describe('Compose files, relative to project_src.'),
  env_files: words.optional().describe('Files with variables for the compose file, instead of .env.'),
  profiles: words.optional().describe('Profiles whose services are wanted, too.'),
}

const shape = z.strictObject(projectFields)
type ProjectPlace = z.infer<typeof shape>

/** The words that begin each call of Compose. */
export function compose(wanted: ProjectPlace): readonly string[] {
  const {project_name, files = [], env_files = []} = wanted
  const named = project_name === undefined ? [] : ['-p', project_name]
  const options = [...files.map(file => ['-f', file]), ...env_files.map(file => ['--env-file', file])]
  return [...inProfiles(wanted), ...named, ...options.flat()]
}

/** The words that begin a call of Compose which gets its file from another one. */
export function inProfiles({profiles = []}: ProjectPlace): readonly string[] {
  return ['docker', 'compose', ...profiles.flatMap(one => ['--profile', one])]
}

/** Runs Compose in the project's directory, without showing its progress. */
export function inProject(wanted: ProjectPlace, words: readonly string[]): Shell {
  return sh`cd ${wanted.project_src} && ${compose(wanted)} --progress quiet ${words}`
}
