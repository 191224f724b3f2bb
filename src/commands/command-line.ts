/** The one door to commander, which reads the command line. */
export {Argument, Command, CommanderError, Help, InvalidArgumentError, Option} from 'commander'
