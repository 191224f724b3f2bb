import {type Shell, sh} from '../shell/shell.ts'

/** Downloads a URL into the file named by the shell variable `t`, by what the host has; a bare Debian has only apt's own tool. */
export function download(url: string): Shell {
  return sh`{ if command -v curl >/dev/null; then curl -fsSL --connect-timeout 10 --retry 2 -o "$t" ${url}
elif command -v wget >/dev/null; then wget -q -T 10 -t 3 -O "$t" ${url} || { echo ${`wget could not download ${url}`} >&2; false; }
elif [ -x /usr/lib/apt/apt-helper ]; then rm -f -- "$t"; out=$(/usr/lib/apt/apt-helper -o Acquire::Retries=2 download-file ${url} "$t" 2>&1) || { printf '%s\\n' "$out" | sed '/^E: Download Failed$/d' >&2; false; }
else echo 'There is neither curl nor wget nor apt-helper on this host' >&2; false; fi; }`
}
