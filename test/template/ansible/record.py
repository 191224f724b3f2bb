"""Writes recorded.json: what Ansible makes of each line of expressions.txt.

As a value of an argument, where backslashes stand for themselves, and as text of a template file, where they are escapes.

Run it with the Python that has ansible-core: /usr/bin/python3 test/template/ansible/record.py
"""

import json
import os
import pathlib

from ansible.parsing.dataloader import DataLoader
from ansible.template import Templar

here = pathlib.Path(__file__).parent
os.environ.update(TZ="UTC", SPOKEN="hello world")


def made_of(expression, templar):
    try:
        value = templar.template("{{ (%s) | to_json }}" % expression, convert_data=False)
        printed = templar.template("{{ %s }}" % expression, convert_data=False, escape_backslashes=False)
        return {"value": json.loads(value), "text": printed}
    except Exception as error:
        return {"error": str(error).split("\n")[0][:300]}


def main():
    loader = DataLoader()
    loader.set_basedir(str(here))
    variables = json.loads((here / "variables.json").read_text())
    variables.update(playbook_dir=str(here), inventory_hostname="web1")
    templar = Templar(loader, variables=variables)
    lines = (here / "expressions.txt").read_text().splitlines()
    expressions = [line for line in lines if line and not line.startswith("#")]
    recorded = {expression: made_of(expression, templar) for expression in expressions}
    text = json.dumps(recorded, indent=1, ensure_ascii=False).replace(str(here), "HERE")
    (here / "recorded.json").write_text(text + "\n")


main()
