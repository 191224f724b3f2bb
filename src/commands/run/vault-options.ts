import {Option} from '../command-line.ts'
import {oneMore} from '../inventory-flag.ts'

/** The flags for passwords of ansible-vault. */
export function vaultOptions(): readonly Option[] {
  return [
    new Option('--vault-password-file <file>', 'password of ansible-vault; a program prints it').argParser(oneMore),
    new Option('--vault-id <label@source>', 'the same for a label; the source is a file or prompt').argParser(oneMore),
    new Option('-J, --ask-vault-pass', 'ask for the password of ansible-vault'),
  ]
}
