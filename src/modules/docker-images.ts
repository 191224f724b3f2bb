import {type Shell, sh} from '../shell/shell.ts'

/** Asks for the ids of images, one line `image=name id` for each that is there. */
export function askImages(names: readonly string[]): Shell {
  return sh`if command -v docker >/dev/null; then for i in ${names}; do
if d=$(docker image inspect -f '{{.Id}}' -- "$i" 2>/dev/null); then printf 'image=%s %s\n' "$i" "$d"; fi
done; fi`
}

/** The name with a tag: without tag or digest it is :latest, as Docker has it. */
export function taggedName(name: string, tag = 'latest'): string {
  return /@|:[^/]*$/.test(name) ? name : `${name}:${tag}`
}
