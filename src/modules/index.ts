import type {Module} from '../module.ts'
import {add_host} from './add_host.ts'
import {alternatives} from './alternatives.ts'
import {apt} from './apt.ts'
import {apt_key} from './apt_key.ts'
import {apt_repository} from './apt_repository.ts'
import {archive} from './archive.ts'
import {assemble} from './assemble.ts'
import {assert} from './assert.ts'
import {async_status} from './async_status.ts'
import {authorized_key} from './authorized_key.ts'
import {blockinfile} from './blockinfile.ts'
import {certbot_certificate} from './certbot_certificate.ts'
import {chatwoot_admin} from './chatwoot-admin.ts'
import {chatwoot_database} from './chatwoot-database.ts'
import {chatwoot_secrets_guard} from './chatwoot-secrets-guard.ts'
import {chatwoot_settings} from './chatwoot-settings.ts'
import {clock_skew} from './clock-skew.ts'
import {cloud_init} from './cloud_init.ts'
import {command} from './command.ts'
import {copy} from './copy.ts'
import {cron} from './cron.ts'
import {deb822_repository} from './deb822_repository.ts'
import {debconf} from './debconf.ts'
import {debug} from './debug.ts'
import {disk_space} from './disk-space.ts'
import {docker_compose_v2} from './docker_compose_v2.ts'
import {docker_compose_v2_pull} from './docker_compose_v2_pull.ts'
import {docker_compose_v2_run} from './docker_compose_v2_run.ts'
import {docker_container} from './docker_container.ts'
import {docker_container_exec} from './docker_container_exec.ts'
import {docker_image} from './docker_image.ts'
import {docker_image_load} from './docker_image_load.ts'
import {docker_image_pull} from './docker_image_pull.ts'
import {docker_login} from './docker_login.ts'
import {docker_network} from './docker_network.ts'
import {docker_prune} from './docker_prune.ts'
import {docker_volume} from './docker_volume.ts'
import {docker_installation} from './docker-installation.ts'
import {fail} from './fail.ts'
import {failed_units} from './failed-units.ts'
import {fetch} from './fetch.ts'
import {file} from './file.ts'
import {find} from './find.ts'
import {free_ports} from './free-ports.ts'
import {get_url} from './get_url.ts'
import {getent} from './getent.ts'
import {git} from './git.ts'
import {group} from './group.ts'
import {group_by} from './group_by.ts'
import {hostname} from './hostname.ts'
import {http_challenge} from './http_challenge.ts'
import {include_vars} from './include_vars.ts'
import {ini_file} from './ini_file.ts'
import {iptables} from './iptables.ts'
import {known_hosts} from './known_hosts.ts'
import {lineinfile} from './lineinfile.ts'
import {listen_ports_facts} from './listen_ports_facts.ts'
import {locale_gen} from './locale_gen.ts'
import {modprobe} from './modprobe.ts'
import {mount} from './mount.ts'
import {open_ports} from './open-ports.ts'
import {openssl_csr} from './openssl_csr.ts'
import {openssl_privatekey} from './openssl_privatekey.ts'
import {otherSystems} from './other-systems.ts'
import {packageModule} from './package.ts'
import {package_facts} from './package_facts.ts'
import {pause} from './pause.ts'
import {ping} from './ping.ts'
import {postgres_volume} from './postgres-volume.ts'
import {raw} from './raw.ts'
import {reboot} from './reboot.ts'
import {replace} from './replace.ts'
import {script} from './script.ts'
import {service} from './service.ts'
import {service_facts} from './service_facts.ts'
import {set_fact} from './set_fact.ts'
import {setup} from './setup.ts'
import {shell} from './shell.ts'
import {slurp} from './slurp.ts'
import {stat} from './stat.ts'
import {swapfile} from './swapfile.ts'
import {sysctl} from './sysctl.ts'
import {systemd, systemd_service} from './systemd.ts'
import {tempfile} from './tempfile.ts'
import {template} from './template.ts'
import {timezone} from './timezone.ts'
import {tls_certificate} from './tls-certificate.ts'
import {ufw} from './ufw.ts'
import {unarchive} from './unarchive.ts'
import {uri} from './uri.ts'
import {user} from './user.ts'
import {validate_argument_spec} from './validate_argument_spec.ts'
import {wait_for_connection} from './wait_for_connection.ts'
import {wait_for} from './wait-for.ts'
import {websocket} from './websocket.ts'
import {x509_certificate} from './x509_certificate.ts'

/** All modules, in alphabetical order; one line each. */
// biome-ignore format: one line each, so that two additions do not meet
export const modules = [
  add_host,
  alternatives,
  apt,
  apt_key,
  apt_repository,
  archive,
  assemble,
  assert,
  async_status,
  authorized_key,
  blockinfile,
  certbot_certificate,
  chatwoot_admin,
  chatwoot_database,
  chatwoot_secrets_guard,
  chatwoot_settings,
  clock_skew,
  cloud_init,
  command,
  copy,
  cron,
  deb822_repository,
  debconf,
  debug,
  disk_space,
  docker_compose_v2,
  docker_compose_v2_pull,
  docker_compose_v2_run,
  docker_container,
  docker_container_exec,
  docker_image,
  docker_image_load,
  docker_image_pull,
  docker_installation,
  docker_login,
  docker_network,
  docker_prune,
  docker_volume,
  fail,
  failed_units,
  fetch,
  file,
  find,
  free_ports,
  get_url,
  getent,
  git,
  group,
  group_by,
  hostname,
  include_vars,
  http_challenge,
  ini_file,
  iptables,
  known_hosts,
  lineinfile,
  listen_ports_facts,
  locale_gen,
  modprobe,
  mount,
  open_ports,
  openssl_csr,
  openssl_privatekey,
  package_facts,
  packageModule,
  pause,
  ping,
  postgres_volume,
  raw,
  reboot,
  replace,
  script,
  service,
  service_facts,
  set_fact,
  setup,
  shell,
  slurp,
  stat,
  swapfile,
  sysctl,
  systemd,
  systemd_service,
  tempfile,
  template,
  timezone,
  tls_certificate,
  ufw,
  unarchive,
  uri,
  user,
  validate_argument_spec,
  wait_for,
  wait_for_connection,
  websocket,
  x509_certificate,
] as const satisfies readonly Module[]

/** The module of each name that playbooks use. */
export const moduleMap: ReadonlyMap<string, Module> = new Map(
  [...modules, ...otherSystems].map(module => [module.name, module]),
)
