import {parseArgs} from 'node:util'
import {didYouMean} from '../src/nearest.ts'
import {type Work, works} from './plays/work.ts'
import {type Course, quick, scale, whole} from './settings.ts'
import {pyinfraHere} from './tools/pyinfra.ts'

/** What the command's words ask for. Throws what a word should have been. */
export async function chosen(): Promise<Course> {
  const {values} = parseArgs({
    options: {
      quick: {type: 'boolean', default: false},
      scale: {type: 'boolean', default: false},
      hosts: {type: 'string', default: '1,10,30'},
      rtt: {type: 'string', default: '0,20,100'},
      works: {type: 'string'},
    },
  })
  if (values.quick) return quick
  if (values.scale) return scale
  const [hosts, roundTrips] = [numbers(values.hosts, 1), numbers(values.rtt, 0)]
  const some = values.works === undefined ? undefined : named(values.works)
  return whole({hosts, roundTrips, works: some, more: await pyinfraHere()})
}

function named(list: string): readonly Work[] {
  return list.split(',').map(name => {
    const work = works.find(work => work.name === name)
    if (work) return work
    const names = works.map(({name}) => name)
    const hint = didYouMean(name, names) ?? `There are: ${names.join(', ')}.`
    throw new Error(`there is no work ${JSON.stringify(name)}. ${hint}`)
  })
}

function numbers(list: string, least: number): readonly number[] {
  return list.split(',').map(text => {
    if (/^\d+$/.test(text) && Number(text) >= least) return Number(text)
    throw new Error(`numbers from ${least}, such as 1,10, are wanted: ${JSON.stringify(text)} is none`)
  })
}
