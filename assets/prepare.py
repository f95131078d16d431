#!/usr/bin/env python3
"""Copies the front-end files into one folder for the server: GOV.UK Frontend without its typeface and crest (both are for
government sites only) and with a typeface stack of our own, then our own files as they are.

usage: prepare.py OUT SOURCE_FOLDER
Runs `npm ci` in a folder beside OUT when the package is not installed yet."""
import pathlib
import re
import shutil
import subprocess
import sys

STACK = 'system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",arial,sans-serif'
OURS = ["lanyard.css", "lanyard.js", "lanyard.svg"]


def package(source, out):
    """The folder of the installed package; installed from the lock file where it is missing."""
    for root in (source, out / "npm"):
        found = root / "node_modules" / "govuk-frontend" / "dist" / "govuk"
        if found.is_dir():
            return found
    npm = shutil.which("npm")
    if npm is None:
        sys.exit("prepare.py: govuk-frontend is not installed and there is no npm; run script/bootstrap web")
    root = out / "npm"
    root.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(source / name, root / name)
    subprocess.run([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=root, check=True)
    return root / "node_modules" / "govuk-frontend" / "dist" / "govuk"


def style(text):
    text = re.sub(r"@font-face\s*\{[^}]*\}", "", text)
    text = re.sub(r'"?GDS Transport"?,\s*arial,\s*sans-serif', STACK, text)
    text = re.sub(r"[a-z-]*(?:image|background)\s*:\s*url\([^)]*govuk-crest\.svg\)[^;}]*;?", "", text)
    text = re.sub(r"/\*#\s*sourceMappingURL=.*?\*/", "", text)
    for rest in ("GDS Transport", "govuk-crest", "url(/"):
        if rest in text:
            sys.exit(f"prepare.py: '{rest}' is still in the style sheet; govuk-frontend has changed")
    return text


def main():
    out, source = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
    out.mkdir(parents=True, exist_ok=True)
    govuk = package(source, out)
    css = (govuk / "govuk-frontend.min.css").read_text(encoding="utf-8")
    (out / "govuk-frontend.min.css").write_text(style(css), encoding="utf-8")
    js = (govuk / "govuk-frontend.min.js").read_text(encoding="utf-8")
    js = re.sub(r"//# sourceMappingURL=.*", "", js)
    (out / "govuk-frontend.min.js").write_text(js, encoding="utf-8")
    for name in OURS:
        if (source / name).resolve() != (out / name):
            shutil.copy(source / name, out / name)


main()
