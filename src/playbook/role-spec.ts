import {misreadIn, plainOptions, type Spec, specsOf} from '../argument-spec/specs.ts'
import type {Entry} from '../play.ts'
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
  if (!module || !spec) return []
  const problems = misreadIn(spec)
  loading.problems.push(...problems)
  if (problems.length > 0) return []
  const about = spec.summary === undefined ? '' : ` - ${spec.summary}`
  return [
    {
      ...plainTask(module, {argument_spec: plainOptions(spec)}, spec.source),
      ...around,
      name: `Validating arguments against arg spec '${call.from.tasks}'${about}`,
      tags: [...new Set([...inherited.tags, 'always'])],
    },
  ]
}

async function specOf(call: RoleCall, {role}: Inherited, loading: Loading, meta: Fields): Promise<Spec | undefined> {
  const file = role && roleFile(role.path, 'meta', 'argument_specs')
  const root = file ? await readYaml(file, call.place, loading) : undefined
  const specs = (root?.kind === 'map' ? fieldsOf(root) : meta).get('argument_specs')?.value
  return specsOf(specs).find(({name}) => name === call.from.tasks)
}
