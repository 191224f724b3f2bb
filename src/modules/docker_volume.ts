import {z} from 'zod'
import {type Change, hostModule, type Value} from '../module.ts'
import {allOf, type Shell, sh} from '../shell/shell.ts'
import type {Values} from '../value.ts'
import {text, word} from './arguments.ts'
import {askObject, readObject} from './docker-objects.ts'

const texts = z.record(z.string(), text)

const schema = z
  .strictObject({
    name: word.optional().describe('The volume.'),
    volume_name: word.optional().describe('Another name for name.'),
    state: z.enum(['present', 'absent']).default('present').describe('Whether it is to be there.'),
    driver: word.default('local').describe('The driver.'),
    driver_options: texts.default({}).describe('Options of the driver.'),
    labels: texts.optional().describe('Labels.'),
    recreate: z
      .enum(['always', 'never', 'options-changed'])
      .default('never')
      .describe('When a volume is made anew, with all that is in it lost; otherwise one that differs is left alone.'),
  })
  .refine(({name, volume_name}) => (name ?? volume_name) !== undefined, {error: 'name is missing', path: ['name']})

const inspected = z.object({
  Driver: z.string(),
  Options: z.record(z.string(), z.string()).nullish(),
  Labels: z.record(z.string(), z.string()).nullish(),
})

type Wanted = z.infer<typeof schema>
type Volume = z.infer<typeof inspected>
type State = {readonly volume: Volume | undefined; readonly all: Values | undefined}

/** docker_volume: a volume that containers keep data in. */
export const docker_volume = hostModule<Wanted, State>({
  name: 'docker_volume',
  summary: 'Makes volumes for containers, and removes them.',
  topic: 'docker',
  example: {name: 'Volume of the database', docker_volume: {name: 'postgres'}},
  schema,
  probe: wanted => askObject('volume', nameOf(wanted)),
  parse: answer => ({volume: inspected.optional().parse(readObject(answer)), all: readObject(answer)}),
  plan({volume}, wanted): readonly Change[] {
    if (wanted.state === 'absent') return volume ? [{what: 'volume', before: volume.Driver, after: null}] : []
    if (!volume) return [{what: 'volume', before: null, after: wanted.driver}]
    if (wanted.recreate === 'always') return [{what: 'volume', before: 'present', after: 'made anew', unseen: true}]
    const differences = differencesOf(volume, wanted)
    const isOther = wanted.recreate === 'options-changed' && Object.keys(differences).length > 0
    return isOther ? [{what: 'volume', before: differences, after: 'made anew'}] : []
  },
  apply(change, wanted, {volume}) {
    if (change.after === null) return remove(wanted)
    return volume ? allOf(remove(wanted), create(wanted)) : create(wanted)
  },
  result: ({all}) => ({volume: all ?? null}),
})

function differencesOf(
  volume: Volume,
  {driver, driver_options, labels = {}}: Wanted,
): {readonly [what: string]: Value} {
  const lacks = (
    present: {readonly [name: string]: string} | null | undefined,
    wanted: {readonly [name: string]: string},
  ) => Object.entries(wanted).some(([name, value]) => present?.[name] !== value)
  return {
    ...(volume.Driver !== driver && {driver: volume.Driver}),
    ...(lacks(volume.Options, driver_options) && {driver_options: volume.Options ?? {}}),
    ...(lacks(volume.Labels, labels) && {labels: volume.Labels ?? {}}),
  }
}

function create(wanted: Wanted): Shell {
  const {driver, driver_options, labels = {}} = wanted
  const options = [
    ...Object.entries(driver_options).flatMap(([key, value]) => ['-o', `${key}=${value}`]),
    ...Object.entries(labels).flatMap(([key, value]) => ['--label', `${key}=${value}`]),
  ]
  return sh`docker volume create -d ${driver} ${options} -- ${nameOf(wanted)} >/dev/null`
}

function remove(wanted: Wanted): Shell {
  return sh`docker volume rm -- ${nameOf(wanted)} >/dev/null`
}

function nameOf({name, volume_name}: Wanted): string {
  return name ?? volume_name ?? ''
}
