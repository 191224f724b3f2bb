/** Shells that can complete. */
export const shells = ['bash', 'zsh', 'fish'] as const

/**
 * What a shell is to run. Each asks the command that is being typed for candidates, lines of word, tab and description,
 * and completes paths where there are none.
 */
export const scripts: {readonly [shell in (typeof shells)[number]]: string} = {
  bash: `_provision() {
  local IFS=$'\\n'
  COMPREPLY=($(compgen -W "$("$1" complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null | cut -f 1)" -- "$2"))
}
complete -o default -F _provision provision
`,
  zsh: `_provision() {
  local -a found
  found=("\${(@f)$("\${words[1]}" complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null | sed 's/:/\\\\:/g; s/\\t/:/')}")
  if [[ -n "$found" ]]; then _describe provision found; else _files; fi
}
compdef _provision provision
`,
  fish: `function __provision_complete
  set -l words (commandline -opc)
  set -l found ($words[1] complete -- $words[2..-1] (commandline -ct) 2>/dev/null)
  if set -q found[1]; printf '%s\\n' $found; else; __fish_complete_path (commandline -ct); end
end
complete -c provision -f -a '(__provision_complete)'
`,
}
