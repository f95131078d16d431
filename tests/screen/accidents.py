#!/usr/bin/env python3
"""How often texts that name nobody seem to name one of a million people: at most 2 full names in 10,000 lines.

Needs the lists kept outside the project and the benchmark's packages (`script/bench screen` fetches them); skips (77) without them.
"""
import json
import pathlib
import subprocess
import sys
import tempfile

TOP = pathlib.Path(__file__).resolve().parents[2]
DATA = TOP.parent / "shared" / "data"
LISTS = (DATA / "rustrict/false_positives.txt", DATA / "blns/blns.txt")
CORPUS = TOP / "bench/screen/corpus.mjs"
PEOPLE = 1000000
WHOLE = {"full", "known_as", "last_first", "handle"}
MAKE = f"import {{ makePeople, writeRoster }} from {json.dumps(CORPUS.as_uri())}; writeRoster(process.argv[1], makePeople({PEOPLE}));"


def lines():
    for path in LISTS:
        for line in path.read_bytes().split(b"\n"):
            try:
                yield line.decode()
            except UnicodeDecodeError:
                continue


def main(lanyard):
    if not all(path.exists() for path in LISTS) or not (CORPUS.parent / "node_modules/@faker-js/faker").exists():
        return 77
    texts = list(lines())
    with tempfile.TemporaryDirectory() as folder:
        roster = pathlib.Path(folder) / "roster.csv"
        subprocess.run(["node", "--input-type=module", "-e", MAKE, str(roster)], check=True)
        first = roster.read_text().splitlines()[1].split(",")
        texts.append(f"Well done, {first[2]} {first[3]}, today!")  # which is no accident, and has to be found
        given = "".join(json.dumps({"id": number, "text": text}) + "\n" for number, text in enumerate(texts))
        out = subprocess.run([lanyard, "screen", "--roster", str(roster)], input=given.encode(), stdout=subprocess.PIPE, check=True).stdout
    read = [json.loads(line) for line in out.decode().splitlines()]
    assert len(read) == len(texts), (len(read), len(texts))
    alarms = [(texts[line["id"]], finding) for line in read for finding in line.get("findings", ())
              if finding["kind"] == "name" and finding["level"] == "HOLD" and finding["form"] in WHOLE]
    assert [text for text, _ in alarms if text == texts[-1]], f"nobody found in {texts[-1]!r}"
    alarms = [alarm for alarm in alarms if alarm[0] != texts[-1]]
    for text, finding in alarms:
        print(f"# {text.encode()[finding['start']:finding['end']].decode()!r} in {text[:80]!r}")
    print(f"# {len(alarms)} full names by accident in {len(texts)} lines, {PEOPLE} people")
    return 0 if len(alarms) * 10000 <= 2 * len(texts) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
