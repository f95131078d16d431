#!/usr/bin/env python3
"""check.py SOURCE DECISIONS POLICY...: the requests and decisions of every scenario of the policies fit docs/*.schema.json,
what is wrong does not, and every member that the decision's schema documents comes out somewhere."""
import copy
import json
import subprocess
import sys

from schema import Schema

LINES_SHOWN = 10


def load(source, name):
    with open(f"{source}/docs/{name}.schema.json", encoding="utf-8") as file:
        return Schema(json.load(file))


def report(failures):
    for line in failures[:LINES_SHOWN]:
        print("#", line)
    return len(failures)


def spoiled(decision):
    """The same decision made wrong, one way at a time."""
    def change(make):
        bad = copy.deepcopy(decision)
        make(bad)
        return bad
    yield "verdict taken out", change(lambda d: d.pop("verdict"))
    yield "another verdict", change(lambda d: d.update(verdict="perhaps"))
    yield "a member nobody knows", change(lambda d: d.update(extra=1))
    yield "a cite without a part", change(lambda d: d["cites"].append({"clause": "1", "norms": []}))
    yield "a cite with more", change(lambda d: d["cites"].append({"clause": "1", "part": "applies", "norms": [], "x": 1}))
    yield "a hash cut short", change(lambda d: d["hashes"].update(words="abc"))
    yield "one part only", change(lambda d: d.update(parts=[]))
    yield "a need that is no object", change(lambda d: d["needs"].append("approval"))


def wrong_requests():
    yield {"wings": 2}
    yield {"actor": 3}
    yield {"world": "half"}
    yield {"on": "tomorrow"}
    yield {"facts": {"other.age": 1.5}}
    yield {"shown": [{"roles": ["pupil"]}]}
    yield {"records": {"approval": {"date": "2025-01-01"}}}
    yield {"judgements": {"close": "maybe"}}


def main():
    source, program, policies = sys.argv[1], sys.argv[2], sys.argv[3:]
    request_schema, decision_schema = load(source, "request"), load(source, "decision")
    failures, count, last = [], 0, None
    for policy in policies:
        run = subprocess.run([program, policy], capture_output=True, text=True, check=False)
        if run.returncode != 0:
            failures.append(f"{policy}: {run.stderr[:2000]}")
        lines = run.stdout.splitlines()
        for asked, answer in zip(lines[::2], lines[1::2]):
            count += 1
            failures += [f"request {asked[:200]}: {e}" for e in request_schema.errors(json.loads(asked))]
            last = json.loads(answer)
            failures += [f"decision {answer[:200]}: {e}" for e in decision_schema.errors(last)]
    if count < 50:
        failures.append(f"only {count} scenarios; something is wrong")
    # what a text adds is held against the schema where texts are asked about: tests/cli/texts
    failures += [f"no decision has the documented member {m}" for m in sorted(set(decision_schema.unseen()))
                 if not m.startswith("$.text")]
    for name, bad in spoiled(last) if last else []:
        if not decision_schema.errors(bad):
            failures.append(f"a decision made wrong passes: {name}")
    for bad in wrong_requests():
        if not request_schema.errors(bad):
            failures.append(f"a wrong request passes: {bad}")
    print(f"# {count} scenarios, {len(failures)} failures")
    return 1 if report(failures) else 0


if __name__ == "__main__":
    sys.exit(main())
