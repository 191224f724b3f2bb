import {expect, test} from 'vitest'
import {finished, wholeRun} from './events.ts'
import {reported} from './reported.ts'

test('json is one document on stdout; what is for people goes to stderr', async () => {
  const {stdout, stderr} = await reported({output: 'json'}, wholeRun())
  expect(stdout.trimEnd()).not.toContain('\n')
  expect(JSON.stringify(JSON.parse(stdout), undefined, 1)).toMatchInlineSnapshot(`
    "{
     "hosts": {
      "chat1": {
       "ok": 12,
       "changed": 3,
       "failed": 0,
       "skipped": 1,
       "rescued": 0,
       "ignored": 1,
       "unreachable": 0,
       "trips": 4
      },
      "mail-out": {
       "ok": 3,
       "changed": 0,
       "failed": 1,
       "skipped": 0,
       "rescued": 0,
       "ignored": 0,
       "unreachable": 0,
       "trips": 2
      },
      "gone": {
       "ok": 0,
       "changed": 0,
       "failed": 0,
       "skipped": 0,
       "rescued": 0,
       "ignored": 0,
       "unreachable": 1,
       "trips": 0
      }
     },
     "tasks": [
      {
       "host": "chat1",
       "task": "Wait for apt",
       "module": "apt",
       "status": "ok",
       "changes": [],
       "file": "playbooks/site.yml",
       "line": 12,
       "ms": 0
      },
      {
       "host": "chat1",
       "task": "Install Docker",
       "module": "apt",
       "status": "changed",
       "changes": [
        {
         "what": "package docker.io",
         "before": null,
         "after": "26.1.5"
        }
       ],
       "file": "playbooks/site.yml",
       "line": 12,
       "ms": 41230
      },
      {
       "host": "chat1",
       "task": "Write the environment",
       "module": "template",
       "item": "web",
       "status": "changed",
       "changes": [
        {
         "what": "content",
         "before": "A=1\\nB=2\\nPASSWORD=old\\n",
         "after": "A=1\\nB=3\\nPASSWORD=[secret]\\n"
        },
        {
         "what": "mode",
         "before": "0644",
         "after": "0600"
        }
       ],
       "file": "playbooks/site.yml",
       "line": 12,
       "ms": 310
      },
      {
       "host": "chat1",
       "task": "Make a swap file",
       "module": "command",
       "status": "skipped",
       "changes": [],
       "file": "playbooks/site.yml",
       "line": 12,
       "ms": 0,
       "message": "when: ram < 2048 is false"
      },
      {
       "host": "chat1",
       "task": "Old volume",
       "module": "apt",
       "status": "ignored",
       "changes": [],
       "file": "playbooks/site.yml",
       "line": 12,
       "ms": 12,
       "failure": {
        "message": "no such volume",
        "exitCode": 1
       }
      },
      {
       "host": "chat1",
       "task": "Show the address",
       "module": "debug",
       "status": "ok",
       "changes": [],
       "file": "playbooks/site.yml",
       "line": 12,
       "ms": 0,
       "message": "https://chat.example.org"
      },
      {
       "host": "chat1",
       "task": "Keep quiet",
       "module": "apt",
       "status": "changed",
       "changes": [],
       "file": "playbooks/site.yml",
       "line": 12,
       "ms": 20
      },
      {
       "host": "mail-out",
       "task": "Prepare the database",
       "module": "command",
       "status": "failed",
       "changes": [],
       "file": "playbooks/tasks/database.yml",
       "line": 31,
       "ms": 3400,
       "failure": {
        "message": "the command ended with exit code 1",
        "command": "docker compose run --rm web rails db:chatwoot_prepare --password=[secret]",
        "exitCode": 1,
        "stderr": "\\u001b[31mline 1\\u001b[0m\\n\\u001b[31mline 2\\u001b[0m\\n\\u001b[31mline 3\\u001b[0m\\n\\u001b[31mline 4\\u001b[0m\\n\\u001b[31mline 5\\u001b[0m\\n\\u001b[31mline 6\\u001b[0m\\n\\u001b[31mline 7\\u001b[0m\\n\\u001b[31mline 8\\u001b[0m\\n\\u001b[31mline 9\\u001b[0m\\n\\u001b[31mline 10\\u001b[0m\\n\\u001b[31mline 11\\u001b[0m\\n\\u001b[31mline 12\\u001b[0m\\n\\u001b[31mline 13\\u001b[0m\\n\\u001b[31mline 14\\u001b[0m\\n\\u001b[31mline 15\\u001b[0m\\n\\u001b[31mline 16\\u001b[0m\\n\\u001b[31mline 17\\u001b[0m\\n\\u001b[31mline 18\\u001b[0m\\n\\u001b[31mline 19\\u001b[0m\\n\\u001b[31mline 20\\u001b[0m\\n\\u001b[31mline 21\\u001b[0m\\n\\u001b[31mline 22\\u001b[0m\\n\\u001b[31mline 23\\u001b[0m\\n\\u001b[31mline 24\\u001b[0m\\n\\u001b[31mline 25\\u001b[0m\\n",
        "stdout": "Pulling 10%\\rPulling 100%\\nrails aborted!\\n",
        "hint": "See the log of the service postgres."
       }
      }
     ],
     "ms": 123400,
     "exit": 1
    }"
  `)
  expect(stderr).toBe((await reported({output: 'plain'}, wholeRun())).stdout)
})

test('json hides secrets in values, in keys, and in what was escaped or encoded', async () => {
  const base64 = Buffer.from('user:sentinel-value').toString('base64')
  const after = {'sentinel-value': ['sentinel-value', {deep: `basic ${base64}`}], number: 5, nothing: null}
  const changes = [{what: 'sentinel-value', before: true, after}]
  const {stdout} = await reported({output: 'json'}, [finished({host: 'chat1', task: 'Tell', changes})])
  expect(stdout).toMatchInlineSnapshot(`
    "{"hosts":{},"tasks":[{"host":"chat1","task":"Tell","module":"apt","status":"ok","changes":[{"what":"[secret]","before":true,"after":{"[secret]":["[secret]",{"deep":"basic dXNlcjp[secret]Q=="}],"number":5,"nothing":null}}],"file":"playbooks/site.yml","line":12,"ms":0}],"ms":0,"exit":70}
    "
  `)
})

test('json is printed also when the run ended before its last event', async () => {
  const {stdout} = await reported({output: 'json'}, [])
  expect(stdout).toBe('{"hosts":{},"tasks":[],"ms":0,"exit":70}\n')
})

test('jsonl is one flat object a line, as things happen', async () => {
  const {stdout, stderr} = await reported({output: 'jsonl'}, wholeRun())
  expect(stdout.replace(/"stderr":"[^"]*"/, '"stderr":"..."')).toMatchInlineSnapshot(`
    "{"type":"run-started","time":0,"playbook":"playbooks/site.yml","hosts":["chat1","mail-out","gone"],"check":false}
    {"type":"notice","time":0,"message":"The images are stand-ins."}
    {"type":"play-started","time":0,"play":"Chatwoot","hosts":["chat1","mail-out","gone"]}
    {"type":"connecting","time":0,"host":"chat1"}
    {"type":"looking","time":0,"host":"chat1","tasks":7}
    {"type":"task-finished","time":0,"host":"chat1","task":"Wait for apt","module":"apt","status":"ok","changes":[],"file":"playbooks/site.yml","line":12,"ms":0}
    {"type":"task-started","time":0,"host":"chat1","task":"Install Docker"}
    {"type":"task-finished","time":0,"host":"chat1","task":"Install Docker","module":"apt","status":"changed","changes":[{"what":"package docker.io","before":null,"after":"26.1.5"}],"file":"playbooks/site.yml","line":12,"ms":41230}
    {"type":"host-unreachable","time":0,"host":"gone","message":"no answer from 192.0.2.9 port 22 within 10 s","hint":"Is the host up? Try: ssh -p 22 root@192.0.2.9"}
    {"type":"task-started","time":0,"host":"chat1","task":"Write the environment","item":"web"}
    {"type":"task-finished","time":0,"host":"chat1","task":"Write the environment","module":"template","item":"web","status":"changed","changes":[{"what":"content","before":"A=1\\nB=2\\nPASSWORD=old\\n","after":"A=1\\nB=3\\nPASSWORD=[secret]\\n"},{"what":"mode","before":"0644","after":"0600"}],"file":"playbooks/site.yml","line":12,"ms":310}
    {"type":"task-finished","time":0,"host":"chat1","task":"Make a swap file","module":"command","status":"skipped","changes":[],"file":"playbooks/site.yml","line":12,"ms":0,"message":"when: ram < 2048 is false"}
    {"type":"task-finished","time":0,"host":"chat1","task":"Old volume","module":"apt","status":"ignored","changes":[],"file":"playbooks/site.yml","line":12,"ms":12,"failure":{"message":"no such volume","exitCode":1}}
    {"type":"task-finished","time":0,"host":"chat1","task":"Show the address","module":"debug","status":"ok","changes":[],"file":"playbooks/site.yml","line":12,"ms":0,"message":"https://chat.example.org"}
    {"type":"task-finished","time":0,"host":"chat1","task":"Keep quiet","module":"apt","status":"changed","changes":[],"file":"playbooks/site.yml","line":12,"ms":20}
    {"type":"task-finished","time":0,"host":"mail-out","task":"Prepare the database","module":"command","status":"failed","changes":[],"file":"playbooks/tasks/database.yml","line":31,"ms":3400,"failure":{"message":"the command ended with exit code 1","command":"docker compose run --rm web rails db:chatwoot_prepare --password=[secret]","exitCode":1,"stderr":"...","stdout":"Pulling 10%\\rPulling 100%\\nrails aborted!\\n","hint":"See the log of the service postgres."}}
    {"type":"host-finished","time":0,"host":"mail-out"}
    {"type":"host-finished","time":0,"host":"chat1"}
    {"type":"host-summary","time":0,"host":"chat1","ok":12,"changed":3,"failed":0,"skipped":1,"rescued":0,"ignored":1,"unreachable":0,"trips":4}
    {"type":"host-summary","time":0,"host":"mail-out","ok":3,"changed":0,"failed":1,"skipped":0,"rescued":0,"ignored":0,"unreachable":0,"trips":2}
    {"type":"host-summary","time":0,"host":"gone","ok":0,"changed":0,"failed":0,"skipped":0,"rescued":0,"ignored":0,"unreachable":1,"trips":0}
    {"type":"run-finished","time":0,"ms":123400,"exit":1}
    "
  `)
  expect(stderr).toBe((await reported({output: 'plain'}, wholeRun())).stdout)
})
