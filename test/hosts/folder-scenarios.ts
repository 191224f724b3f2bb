import type {Scenario} from './module-scenarios.ts'

const base64 = (text: string) => Buffer.from(text, 'latin1').toString('base64')
const tree = [
  {path: 'bin', mode: '0755', content_base64: base64('\x00\xff')},
  {path: 'empty', mode: '0700'},
  {path: 'in side', mode: '0755'},
  {path: 'in side/run', mode: '0750', content_base64: base64('echo hello\n')},
]

/** Scenarios of folders of the controller, as the engine hands them to modules. */
export const folders: readonly Scenario[] = [
  {
    module: 'copy',
    title: 'copies a folder of the controller, with modes and owner',
    prepare: 'rm -rf /srv/fo; mkdir /srv/fo',
    args: {src: 'site', dest: '/srv/fo', tree, mode: '0640', directory_mode: '0750', owner: 'daemon'},
    see: "cd /srv/fo/site; stat -c '%a %U %n' . * */*; cat 'in side/run'; od -An -tx1 bin",
    seen: '750 daemon .\n640 daemon bin\n750 daemon empty\n750 daemon in side\n640 daemon in side/run\necho hello\n 00 ff',
  },
  {
    module: 'copy',
    title: 'copies what is in a folder of the controller, modes preserved',
    prepare:
      "rm -rf /srv/fo/mine /srv/fo/new; mkdir -p '/srv/fo/new/in side'; echo old >'/srv/fo/new/in side/run'; touch /srv/fo/new/mine",
    args: {src: 'site/', dest: '/srv/fo/new/', tree, mode: 'preserve', backup: true},
    see: "cd /srv/fo/new; stat -c '%a %U %n' . * */run; cat 'in side/run' 'in side/'run.*~",
    seen: '755 root .\n755 root bin\n755 root empty\n755 root in side\n644 root mine\n750 root in side/run\necho hello\nold',
  },
]
