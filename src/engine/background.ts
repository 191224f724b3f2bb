import {basename} from 'node:path'
import type {Bound, Change, Output, Plan, Values} from '../module.ts'
import type {Async} from '../play.ts'
import {type Job, startJob, tooLate, waitForJob} from '../shell/job.ts'
import {allOf, sh} from '../shell/shell.ts'
import {uploadScript} from './upload.ts'

/** A task with `async`: its steps become one, a job on the host with a time limit, for which nobody waits with `poll: 0`. */
export function asJob(bound: Bound, {seconds, poll}: Async): Bound {
  return {
    probe: bound.probe,
    foreseen: undefined,
    look: (answer, asked) => {
      const plan = bound.look(answer, asked)
      const job = jobOf(plan, seconds)
      return poll === 0 ? started(plan, job) : awaited(plan, job)
    },
  }
}

function jobOf(plan: Plan, seconds: number): Job {
  const steps = plan.steps.map(step => (typeof step === 'string' ? step : uploadScript(step)))
  const done = plan.steps.length === 0 ? undefined : nothingSaid
  const note = {...plan.result(done), changed: done !== undefined && plan.changed(done), limit: seconds}
  const script = steps.length === 0 ? sh`:` : allOf(...steps)
  return {script, seconds, note: JSON.stringify(note)}
}

const nothingSaid: Output = {stdout: '', stderr: '', exitCode: 0}

/** Even what is in order already is a job then: others are going to ask for it. */
function started(plan: Plan, job: Job): Plan {
  const changes = plan.changes.length > 0 ? plan.changes : [nothingToDo]
  const result = (output: Output | undefined): Values => {
    const folder = output?.stdout.trim()
    const where = folder ? {ansible_job_id: basename(folder), results_file: folder} : {}
    return {...where, started: 1, finished: 0}
  }
  return {changes, steps: [startJob(job)], reverts: plan.reverts, result, changed: () => true}
}

const nothingToDo: Change = {what: 'job', before: null, after: 'in order already', unseen: true}

function awaited(plan: Plan, job: Job): Plan {
  const steps = plan.steps.length === 0 ? [] : [waitForJob(job)]
  const late = tooLate(job.seconds)
  const isLate = (output: Output) => output.exitCode !== 0 && output.stderr.endsWith(`${late}\n`)
  const result = (output: Output | undefined): Values => {
    const why = output && isLate(output) ? {msg: late} : {}
    return {...plan.result(output), ...why, started: 1, finished: 1}
  }
  return {...plan, steps, result, changed: output => !isLate(output) && plan.changed(output)}
}
