/** The one door to commander, which reads the command line. */
export {Argument, Command, CommanderError, InvalidArgumentError, Option} from 'commander'
