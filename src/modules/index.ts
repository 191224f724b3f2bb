import type {Module} from '../module.ts'
import {apt} from './apt.ts'
import {assert} from './assert.ts'
import {authorized_key} from './authorized_key.ts'
import {blockinfile} from './blockinfile.ts'
import {command} from './command.ts'
import {copy} from './copy.ts'
import {cron} from './cron.ts'
import {deb822_repository} from './deb822_repository.ts'
import {debug} from './debug.ts'
import {fail} from './fail.ts'
import {file} from './file.ts'
import {get_url} from './get_url.ts'
import {group} from './group.ts'
import {hostname} from './hostname.ts'
import {lineinfile} from './lineinfile.ts'
import {modprobe} from './modprobe.ts'
import {ping} from './ping.ts'
import {raw} from './raw.ts'
import {replace} from './replace.ts'
import {service} from './service.ts'
import {set_fact} from './set_fact.ts'
import {setup} from './setup.ts'
import {shell} from './shell.ts'
import {slurp} from './slurp.ts'
import {stat} from './stat.ts'
import {sysctl} from './sysctl.ts'
import {systemd, systemd_service} from './systemd.ts'
import {template} from './template.ts'
import {timezone} from './timezone.ts'
import {user} from './user.ts'

/** All modules, in alphabetical order; one line each. */
// biome-ignore format: one line each, so that two additions do not meet
export const modules = [
  apt,
  assert,
  authorized_key,
  blockinfile,
  command,
  copy,
  cron,
  deb822_repository,
  debug,
  fail,
  file,
  get_url,
  group,
  hostname,
  lineinfile,
  modprobe,
  ping,
  raw,
  replace,
  service,
  set_fact,
  setup,
  shell,
  slurp,
  stat,
  sysctl,
  systemd,
  systemd_service,
  template,
  timezone,
  user,
] as const satisfies readonly Module[]

/** The module of each name that playbooks use. */
export const moduleMap: ReadonlyMap<string, Module> = new Map(modules.map(module => [module.name, module]))
