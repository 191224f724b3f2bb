import {onMachine} from './virtual-machine.ts'

/** A port on which something listens from the first seconds of each boot, as soon as `listenEarly` is done. */
export const earlyPort = 9999

/** Has systemd itself listen, before anything else is started: what a firewall has to be earlier than. */
export async function listenEarly(): Promise<void> {
  await onMachine(`cat >/etc/systemd/system/early.socket <<EOF
[Socket]
ListenStream=0.0.0.0:${earlyPort}
Accept=yes
[Install]
WantedBy=sockets.target
EOF
printf "[Service]\\nExecStart=/bin/true\\nStandardInput=socket\\n" >/etc/systemd/system/early@.service
systemctl daemon-reload
systemctl enable --now early.socket`)
}

/** A playbook for what a container cannot show: a file system of its own, a module of the kernel, both also at each boot. */
export const machinePlaybook = `
- hosts: chatwoot
  become: true
  tasks:
    - name: A disk
      shell: truncate -s 64M /srv/disk && mkfs.ext4 -q -F /srv/disk
      args: {creates: /srv/disk}
    - name: The disk is mounted
      mount: {path: /srv/data, src: /srv/disk, fstype: ext4, opts: "loop,noatime", state: mounted}
    - name: A module of the kernel
      modprobe: {name: dummy, state: present, persistent: present}
`

/** A playbook that boots the machine anew. */
export const rebootPlaybook = `
- hosts: chatwoot
  become: true
  tasks:
    - name: Reboot
      reboot: {reboot_timeout: 600}
`

/** When a unit had started, in microseconds since the boot. */
export async function started(unit: string): Promise<number> {
  return Number(await onMachine(`systemctl show --value -p ActiveEnterTimestampMonotonic ${unit}`))
}

/** When the first process of a unit was started, in microseconds since the boot. */
export async function firstProcess(unit: string): Promise<number> {
  return Number(await onMachine(`systemctl show --value -p ExecMainStartTimestampMonotonic ${unit}`))
}

/** What systemd says of the machine, and its units that failed. */
export function stateOfUnits(): Promise<string> {
  return onMachine('timeout 300 systemctl is-system-running --wait; systemctl --failed --plain --no-legend')
}
