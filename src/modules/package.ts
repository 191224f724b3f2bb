import {hostModule} from '../module.ts'
import {packageArguments, packaging} from './apt.ts'

/** package: installs, upgrades and removes packages by the host's package manager, which is apt. */
export const packageModule = hostModule({
  name: 'package',
  summary: "Installs, upgrades and removes packages by the host's package manager, which is apt.",
  topic: 'packages',
  example: {name: 'Install tools', package: {name: ['curl', 'jq'], state: 'present'}},
  schema: packageArguments,
  ...packaging,
})
