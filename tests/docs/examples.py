#!/usr/bin/env python3
"""examples.py LANYARD SOURCE: compiles every example of docs/authors.md and docs/language.md with the vocabulary that ships,
and runs their scenarios. An example headed `error TEXT` must fail to compile and say TEXT. Files that docs/ names must be
there."""
import os
import re
import shutil
import subprocess
import sys
import tempfile

FRONT = """---
policy: example
title: An example
version: 1
in force from: 2026-01-01
norms: example
reads: R1 R6
---
# An example

"""
OTHER = "## Another clause {#c-other}\nAnother.\n```rule\nstaff SHOULD NOT contact anyone\nIF it is a trip or visit\n```\n\n"


def clause(lines):
    return f"## A clause {{#c-one}}\nSo it is.\n```rule\n{lines}\n```\n"


class Runner:
    def __init__(self, lanyard, source):
        self.lanyard, self.failures, self.count = lanyard, [], 0
        self.folder = tempfile.mkdtemp()
        for name in ("words.md", "law.md"):
            shutil.copy(f"{source}/policies/{name}", self.folder)

    def run(self, *arguments):
        done = subprocess.run([self.lanyard, *arguments, self.folder], capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr

    def check(self, where, text, error=None):
        self.count += 1
        with open(f"{self.folder}/policy.md", "w", encoding="utf-8") as file:
            file.write(text if text.startswith("---") else FRONT + text)
        status, said = self.run("check")
        if error is not None:
            if status != 3 or error not in said:
                self.failures.append(f"{where}: should not compile and say '{error}'; exit {status}: {said}")
            return
        if status != 0:
            self.failures.append(f"{where}: exit {status}: {said}")
            return
        if "```scenario" in text:
            status, said = self.run("test")
            if status != 0:
                self.failures.append(f"{where}: its scenarios: {said}")


def fenced(text):
    """Blocks between four back-ticks: the line number, the heading, the text."""
    for match in re.finditer(r"^````(\w+)[ ]?([^\n]*)\n(.*?)^````$", text, re.M | re.S):
        yield text.count("\n", 0, match.start()) + 1, match.group(1), match.group(2), match.group(3)


def authors(runner, text):
    for line, kind, said, example in fenced(text):
        where = f"authors.md:{line}"
        if kind == "policy":
            runner.check(where, example)
        elif kind == "error":
            runner.check(where, example, error=said)
        else:
            runner.failures.append(f"{where}: a block of kind '{kind}'")


def language(runner, text):
    """The last cell of each row of a table with the column `example`; the first of `Lines of the policy`."""
    column = None
    for number, line in enumerate(text.split("\n"), 1):
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if not line.startswith("|"):
            column = None
        elif column is None:
            column = {"example": "rule", "what it says": "policy"}.get(cells[-1], "none")
        elif column != "none" and not set(line) <= set("|- "):
            example = cells[-1 if column == "rule" else 0].strip("`").replace(" / ", "\n")
            if column == "rule":
                runner.check(f"language.md:{number}", clause(example) + OTHER)
            else:
                runner.check(f"language.md:{number}", clause(example).replace("```rule", "```policy") +
                             "## Distance {#c-two}\nSo.\n```rule\nanyone MUST NOT befriend a pupil\n```\n")


def paths(runner, source, name, text):
    """Every file of the project that a document names in back-ticks or links to is there."""
    named = re.findall(r"`((?:src|tests|tools|docs|include|man|policies|script)/[\w./-]+|meson\.build)`", text)
    linked = ["docs/" + path for path in re.findall(r"\]\(([\w./-]+)\)", text)]
    runner.failures += [f"{name}.md names {path}, which is not there" for path in sorted(set(named + linked))
                        if not os.path.exists(f"{source}/{path}")]
    return len(named + linked)


def main():
    lanyard, source = sys.argv[1:]
    runner = Runner(lanyard, source)
    for name, read in (("authors", authors), ("language", language)):
        with open(f"{source}/docs/{name}.md", encoding="utf-8") as file:
            read(runner, file.read())
    named = 0
    for name in ("authors", "developers", "language", "running", "semantics"):
        with open(f"{source}/docs/{name}.md", encoding="utf-8") as file:
            named += paths(runner, source, name, file.read())
    if named < 40:
        runner.failures.append(f"only {named} files are named")
    shutil.rmtree(runner.folder)
    if runner.count < 60:
        runner.failures.append(f"only {runner.count} examples were found")
    for failure in runner.failures:
        print("# " + failure.strip().replace("\n", "\n#   "))
    print(f"# {runner.count} examples, {len(runner.failures)} failures")
    return 1 if runner.failures else 0


if __name__ == "__main__":
    sys.exit(main())
