import type {ModuleEntry} from './module-entry.ts'

const titles: {readonly [topic in ModuleEntry['topic']]: string} = {
  files: 'Files',
  packages: 'Packages',
  services: 'Services',
  system: 'The system',
  docker: 'Docker',
  chatwoot: 'Chatwoot',
  outside: 'A look from outside',
  far: 'For other systems',
  control: 'Commands, variables and control',
  other: 'Others',
}

/** The modules under the headings of the reference, headings without modules left out. */
export function byTopic(modules: readonly ModuleEntry[]): readonly (readonly [string, readonly ModuleEntry[]])[] {
  return Object.entries(titles)
    .map(([topic, title]) => [title, modules.filter(module => module.topic === topic)] as const)
    .filter(([, found]) => found.length > 0)
}
