# Prints what Docker has: without ids, times and addresses of hardware, and without what is empty or stands for nothing.
python3 - <<'python'
import json, re, os, subprocess

def docker(*words):
    return subprocess.run(['docker', *words], capture_output=True, text=True, check=True).stdout

def inspect(kind, names):
    return json.loads(docker(kind, 'inspect', *sorted(names))) if names else []

def full(value):
    if isinstance(value, dict):
        return {key: full(one) for key, one in value.items() if full(one) not in (None, '', [], {}, 0, False, 'default', 'no')}
    return [full(one) for one in value] if isinstance(value, list) else value

def shown(heading, value):
    text = json.dumps(full(value), indent=1, sort_keys=True)
    return heading + ' ' + re.sub(r'\b[0-9a-f]{64}\b', 'ID', re.sub(r'"[0-9a-f]{12}"', '"ID"', text))

def show(heading, value):
    print(shown(heading, value))

def named(things):
    return sorted(things, key=lambda thing: json.dumps(thing, sort_keys=True))

print('== containers')
for one in inspect('container', docker('ps', '-a', '--format', '{{.Names}}').split()):
    show(one['Name'], {
        'state': {key: one['State'][key] for key in ('Status', 'Paused')},
        'image': one['Image'].replace('sha256:', 'sha256 '),
        'command': [one['Path'], *one['Args']],
        'config': {**one['Config'], 'Entrypoint': None, 'Cmd': None},
        'host': {**one['HostConfig'], 'ConsoleSize': None, 'Binds': named(one['HostConfig']['Binds'] or [])},
        'ports': one['NetworkSettings']['Ports'],
        'mounts': named([{key: mount[key] for key in ('Type', 'Destination', 'Mode', 'RW', 'Propagation')} | {'Name': mount.get('Name'), 'Source': mount.get('Source')} for mount in one['Mounts']]),
        'networks': {name: {key: net[key] for key in ('IPAMConfig', 'Links', 'Aliases')} for name, net in one['NetworkSettings']['Networks'].items()},
    })
print('== networks')
for one in inspect('network', docker('network', 'ls', '--format', '{{.Name}}').split()):
    kept = {key: one[key] for key in ('Driver', 'Scope', 'Internal', 'Attachable', 'EnableIPv6', 'IPAM', 'Options', 'Labels')}
    show(one['Name'], {**kept, 'containers': sorted(container['Name'] for container in one['Containers'].values())})
print('== volumes')
volumes = inspect('volume', docker('volume', 'ls', '-q').split())
print('\n'.join(sorted(shown(one['Name'] if len(one['Name']) < 64 else 'unnamed', {key: one[key] for key in ('Driver', 'Options', 'Labels')}) for one in volumes)))
print('== images')
print('\n'.join(sorted(docker('image', 'ls', '-a', '--no-trunc', '--format', '{{.Repository}}:{{.Tag}} {{.ID}}').splitlines())))
print('== logins')
for file in ('/root/.docker/config.json', '/srv/private/docker/config.json'):
    if os.path.exists(file):
        show(f'{file} {os.stat(file).st_mode:o}', json.load(open(file)))
python
find /srv -printf '%y %m %u:%g %p\n' | sort
