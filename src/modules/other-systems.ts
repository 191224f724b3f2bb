import {z} from 'zod'
import {TaskError} from '../errors.ts'
import {type ControllerModule, controllerModule} from '../module.ts'

const names = [
  'apk',
  'dnf',
  'dnf5',
  'firewalld',
  'homebrew',
  'openbsd_pkg',
  'pacman',
  'pkgng',
  'portage',
  'rpm_key',
  'seboolean',
  'sefcontext',
  'selinux',
  'seport',
  'win_chocolatey',
  'win_command',
  'win_copy',
  'win_file',
  'win_get_url',
  'win_package',
  'win_reboot',
  'win_service',
  'win_shell',
  'win_template',
  'yum',
  'yum_repository',
  'zypper',
  'zypper_repository',
]

/**
 * Modules for systems that are not Debian's kin. A playbook for several systems may name them in tasks with `when`: these are
 * skipped on our hosts. One that is reached fails.
 */
export const otherSystems: readonly ControllerModule[] = names.map(name =>
  controllerModule({
    name,
    topic: 'far',
    summary: 'For systems that are not kin of Debian: fails when it is reached.',
    schema: z.looseObject({}),
    async run() {
      throw new TaskError({message: `"${name}" is not for Debian and its kin`, hint: 'add a when, or use package'})
    },
  }),
)
