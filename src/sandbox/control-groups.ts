import {readdir, readFile, rmdir} from 'node:fs/promises'
import {join} from 'node:path'
import {until} from './until.ts'

/** Ends every process in control groups, by force, and removes the groups; throws an Error when one survives. */
export async function endControlGroups(groups: readonly string[]): Promise<void> {
  const empty = async () => {
    const pids = await groupProcesses(groups)
    for (const pid of pids) endProcess(pid)
    return pids.length === 0
  }
  if (!(await until(empty, 20))) throw new Error(`Processes in ${groups[0]} do not end`)
  for (const group of groups) await until(() => removeGroup(group), 5)
}

/** Ids of the processes in control groups and the groups below them. */
async function groupProcesses(groups: readonly string[]): Promise<number[]> {
  const found = new Set<number>()
  for (const group of groups) {
    for (const folder of await treeOf(group)) {
      const text = await readFile(join(folder, 'cgroup.procs'), 'utf8').catch(() => '')
      // 0 stands for a process of a namespace that we cannot see.
      for (const pid of text.split('\n').map(Number)) if (pid > 1) found.add(pid)
    }
  }
  return [...found]
}

/** A group and all groups below it, the deepest first. */
async function treeOf(group: string): Promise<string[]> {
  const entries = await readdir(group, {withFileTypes: true}).catch(() => [])
  const below = entries.filter(entry => entry.isDirectory()).map(entry => treeOf(join(group, entry.name)))
  return [...(await Promise.all(below)).flat(), group]
}

async function removeGroup(group: string): Promise<boolean> {
  let removed = true
  for (const folder of await treeOf(group)) {
    // A group stays busy for a moment after its last process has ended.
    await rmdir(folder).catch(error => {
      if (error.code !== 'ENOENT') removed = false
    })
  }
  return removed
}

function endProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It ended by itself in between.
  }
}
