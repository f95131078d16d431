#!/usr/bin/env python3
"""examples.py LANYARD SOURCE: compiles every example of docs/authors.md and docs/language.md with the vocabulary that ships,
and runs their scenarios. An example headed `error TEXT` must fail to compile and say TEXT. A `walk` is commands with what they
print, a `change FILE` lines that give way to others: done one after the other in a copy of policies/. Files that docs/ names
must be there."""
import os
import re
import shlex
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


class Walk:
    """The commands of a document, in a copy of the policies; numbers may differ, `...` stands for any lines."""

    def __init__(self, lanyard, source):
        self.lanyard, self.folder = os.path.abspath(lanyard), tempfile.mkdtemp()
        shutil.copytree(f"{source}/policies", self.folder, dirs_exist_ok=True)

    def prints(self, command):
        words = shlex.split(command)
        if words[0] != "lanyard":
            return f"not a command of ours: {command}"
        done = subprocess.run([self.lanyard, *words[1:]], cwd=self.folder, capture_output=True, text=True, check=False,
                              stdin=subprocess.DEVNULL)
        return done.stdout + done.stderr

    def run(self, text):
        """What came otherwise, or None."""
        for part in re.split(r"^\$ ", text, flags=re.M)[1:]:
            command, said = part.split("\n", 1)
            lines = [r"(?:.*\n)*?" if line == "..." else re.sub(r"\d+", r"\\d+", re.escape(line)) + r"\n"
                     for line in said.splitlines()]
            came = self.prints(command)
            if not re.fullmatch("".join(lines), came):
                return f"`{command}` prints otherwise:\n{came}"
        return None

    def change(self, name, text):
        lines = text.splitlines(keepends=True)
        old, new = ("".join(line[1:] for line in lines if line[0] == sign) for sign in "-+")
        with open(f"{self.folder}/{name}", encoding="utf-8") as file:
            before = file.read()
        if before.count(old) != 1:
            return f"{name} has these lines {before.count(old)} times"
        with open(f"{self.folder}/{name}", "w", encoding="utf-8") as file:
            file.write(before.replace(old, new))
        return None


def fenced(text):
    """Blocks between four back-ticks: the line number, the heading, the text."""
    for match in re.finditer(r"^````(\w+)[ ]?([^\n]*)\n(.*?)^````$", text, re.M | re.S):
        yield text.count("\n", 0, match.start()) + 1, match.group(1), match.group(2), match.group(3)


def authors(runner, text, walk):
    steps = 0
    for line, kind, said, example in fenced(text):
        where = f"authors.md:{line}"
        if kind == "policy":
            runner.check(where, example)
        elif kind == "error":
            runner.check(where, example, error=said)
        elif kind in ("walk", "change"):
            steps += 1
            wrong = walk.run(example) if kind == "walk" else walk.change(said, example)
            runner.failures += [f"{where}: {wrong}"] if wrong else []
        else:
            runner.failures.append(f"{where}: a block of kind '{kind}'")
    shutil.rmtree(walk.folder)
    if steps < 7:
        runner.failures.append(f"only {steps} steps of the walk were found")


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
    with open(f"{source}/docs/authors.md", encoding="utf-8") as file:
        authors(runner, file.read(), Walk(lanyard, source))
    with open(f"{source}/docs/language.md", encoding="utf-8") as file:
        language(runner, file.read())
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
