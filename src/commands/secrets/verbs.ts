export {edit} from './edit.ts'
export {init, rekey} from './rekey.ts'
export {rotate} from './rotate.ts'
export {list, set, show} from './values.ts'
