import {raw, type Shell, sh} from '../shell/shell.ts'

/** Runs apt-get without questions; another one that is at work is waited for (300 s), changed configuration files stay. */
export function aptGet(verb: string, options: readonly string[], names: readonly string[]): Shell {
  const keep = ['-o', 'Dpkg::Options::=--force-confdef', '-o', 'Dpkg::Options::=--force-confold']
  return sh`DEBIAN_FRONTEND=noninteractive APT_LISTCHANGES_FRONTEND=none apt-get -q -y ${lock} ${keep} ${options} ${verb} -- ${names}`
}

const lock = ['-o', 'DPkg::Lock::Timeout=300']

// DPkg::Lock::Timeout does not cover the lock of the lists, and fetch errors are mere warnings unless Error-Mode says otherwise.
const update = sh`apt-get -q ${lock} -o APT::Update::Error-Mode=any update 2>&1`

/** Brings the package lists up to date; waits 300 s for another apt-get that does the same; fails when one cannot be fetched. */
export const aptUpdate = sh`n=0; until out=$(${raw(update)}); do
  case $out in *lists/lock*) ;; *) printf '%s\n' "$out" >&2; exit 100 ;; esac
  n=$((n + 1)); [ $n -lt 300 ] || { printf '%s\n' "$out" >&2; exit 100; }
  sleep 1
done; touch /var/lib/apt/lists`
