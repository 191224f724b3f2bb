import {z} from 'zod'
import {type Change, hostModule} from '../module.ts'
import {sh} from '../shell/shell.ts'
import {all} from './answer.ts'
import {text} from './arguments.ts'

const schema = z.strictObject({
  name: z
    .string()
    .regex(/^[\w-]+$/, 'must be the name of a module')
    .describe('The kernel module.'),
  state: z.enum(['present', 'absent']).default('present').describe('Whether it is loaded.'),
  params: text.default('').describe('Parameters for loading it.'),
  persistent: z
    .enum(['disabled', 'present', 'absent'])
    .default('disabled')
    .describe('Whether it is loaded at each start; disabled leaves that as it is.'),
})

type State = {readonly loaded: boolean; readonly persistent: boolean}

/** modprobe: loads and unloads kernel modules. */
export const modprobe = hostModule<z.infer<typeof schema>, State>({
  name: 'modprobe',
  summary: 'Loads and unloads kernel modules, now and at each start.',
  topic: 'system',
  example: {name: 'Kernel module, now and at each start', modprobe: {name: 'br_netfilter', persistent: 'present'}},
  schema,
  probe: ({name}) => sh`m=$(printf '%s' ${name} | tr - _)
if [ -d "/sys/module/$m" ] || grep -qsF -e "/$m.ko" -e ${`/${name}.ko`} "/lib/modules/$(uname -r)/modules.builtin"; then echo module=loaded; fi
if cat /etc/modules /etc/modules-load.d/*.conf 2>/dev/null | grep -qx ${name}; then echo module=persistent; fi`,
  parse: answer => ({
    loaded: all(answer, 'module').includes('loaded'),
    persistent: all(answer, 'module').includes('persistent'),
  }),
  plan({loaded, persistent}, wanted): readonly Change[] {
    const wantsLoaded = wanted.state === 'present'
    const wantsPersistent = wanted.persistent === 'present'
    return [
      ...(loaded === wantsLoaded ? [] : [{what: 'loaded', before: loaded, after: wantsLoaded}]),
      ...(wanted.persistent === 'disabled' || persistent === wantsPersistent
        ? []
        : [{what: 'persistent', before: persistent, after: wantsPersistent}]),
    ]
  },
  apply({what, after}, {name, params}) {
    const words = params.split(/\s+/).filter(word => word !== '')
    if (what === 'loaded') return after === true ? sh`modprobe -- ${name} ${words}` : sh`modprobe -r -- ${name}`
    const file = `/etc/modules-load.d/${name}.conf`
    if (after === true) return sh`printf '%s\n' ${name} >${file}`
    return sh`sed -i ${`/^${name}$/d`} $(grep -lsx ${name} /etc/modules /etc/modules-load.d/*.conf)`
  },
})
