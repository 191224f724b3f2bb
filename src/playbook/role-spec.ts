import type {Entry} from '../play.ts'
import {plain, type YamlNode} from '../yaml.ts'
import {fieldsOf} from './fields.ts'
import {roleFile} from './find-role.ts'
import type {Fields, Inherited, Loading} from './loading.ts'
import {plainTask} from './plain-task.ts'
import {readYaml} from './read-yaml.ts'
import type {RoleCall} from './role-call.ts'

/** A role whose meta says which values it takes begins with a task that checks them, as in Ansible. */
export async function specTask(
  call: RoleCall,
  inherited: Inherited,
  loading: Loading,
  meta: Fields,
): Promise<readonly Entry[]> {
  const {moduleDefaults: _, ...around} = inherited
  const module = loading.modules.get('validate_argument_spec')
  const spec = await specOf(call, inherited, loading, meta)
  if (!module || spec?.kind !== 'map') return []
  const fields = fieldsOf(spec)
  const options = fields.get('options')?.value
  const short = fields.get('short_description')?.value
  const about = short?.kind === 'scalar' && short.value !== null ? ` - ${short.value}` : ''
  return [
    {
      ...plainTask(module, {argument_spec: options ? plain(options) : {}}, spec.source),
      ...around,
      name: `Validating arguments against arg spec '${call.from.tasks}'${about}`,
      tags: [...new Set([...inherited.tags, 'always'])],
    },
  ]
}

async function specOf(
  call: RoleCall,
  {role}: Inherited,
  loading: Loading,
  meta: Fields,
): Promise<YamlNode | undefined> {
  const file = role && roleFile(role.path, 'meta', 'argument_specs')
  const root = file ? await readYaml(file, call.place, loading) : undefined
  const specs = (root?.kind === 'map' ? fieldsOf(root) : meta).get('argument_specs')?.value
  return specs?.kind === 'map' ? fieldsOf(specs).get(call.from.tasks)?.value : undefined
}
