"""What the checks share: which C files there are, and a file's text with comments and literals blanked.

Blanking keeps every line and column in its place, so that a finding points where a reader looks.
"""
import pathlib
import re

TOP = pathlib.Path(__file__).resolve().parent.parent
TOKEN = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.DOTALL)


def files(top, *folders, kinds=(".c", ".h")):
    """Every C file under the folders of a tree, in order; build folders and npm's left out."""
    for folder in folders:
        for path in sorted((pathlib.Path(top) / folder).rglob("*")):
            if path.suffix in kinds and path.is_file() and "node_modules" not in path.parts:
                yield path


def blank(text, literals=True):
    """The text with comments, and string and character literals, turned to spaces."""
    def spaces(match):
        token = match.group()
        if token[0] in "\"'":
            if not literals or len(token) < 2:
                return token
            return token[0] + " " * (len(token) - 2) + token[-1]
        return re.sub(r"[^\n]", " ", token)
    return TOKEN.sub(spaces, text)


def line_of(text, at):
    return text.count("\n", 0, at) + 1


def arguments(text, start):
    """The top-level arguments of the call whose '(' stands at start, and where it ends."""
    depth, parts, begun = 0, [], start + 1
    for at in range(start, len(text)):
        letter = text[at]
        if letter in "([{":
            depth += 1
        elif letter in ")]}":
            depth -= 1
            if depth == 0:
                parts.append((begun, at))
                return parts, at
        elif letter == "," and depth == 1:
            parts.append((begun, at))
            begun = at + 1
    return parts, len(text)


def functions(text):
    """(name, first line, last line) of each function; its braces stand in the first column by law."""
    lines = blank(text).splitlines()
    opened = None
    for number, line in enumerate(lines, 1):
        if line.rstrip() == "{":
            opened = number
        elif line.rstrip() == "}" and opened:
            head = " ".join(lines[max(0, opened - 8):opened - 1])
            names = re.findall(r"([A-Za-z_]\w*)\s*\((?![^()]*\)\s*;)", re.split(r"[;}]", head)[-1])
            names = [name for name in names if name != "__attribute__"]
            yield (names[0] if names else "?"), opened, number
            opened = None


def finish(what, findings):
    """Prints the findings and gives the exit status."""
    for finding in findings:
        print(finding)
    if findings:
        print(f"{what}: {len(findings)} found")
    return 1 if findings else 0
