"""What the scripts here share: running lanyard as a person does, copies of the policies, TAP."""
import os
import pathlib
import shutil
import subprocess
import tempfile

TOP = pathlib.Path(os.environ.get("LANYARD_SOURCE", pathlib.Path(__file__).resolve().parents[2]))
LANYARD = os.environ.get("LANYARD", str(TOP / "build/lanyard"))
POLICY = "policies/early-life"


def run(*arguments, given=b"", shown=False):
    """Exit code, standard output and standard error; `given` stands on standard input. `shown`: the norms
    that come out count among those a test saw."""
    env = {name: value for name, value in os.environ.items() if shown or name != "LANYARD_NORMS_SHOWN"}
    given = given.encode() if isinstance(given, str) else given
    done = subprocess.run([LANYARD, *map(str, arguments)], input=given, capture_output=True, cwd=TOP, env=env,
                          timeout=60)
    return done.returncode, done.stdout.decode(), done.stderr.decode(errors="replace")


def copy(folder, change=None):
    """The policies in a folder of their own, `change` made in the text of early-life/policy.md; gives that folder."""
    shutil.copytree(TOP / "policies", folder / "policies", dirs_exist_ok=True)
    path = folder / POLICY / "policy.md"
    if change:
        before = path.read_text()
        after = change(before)
        assert after != before, "the change changed nothing"
        path.write_text(after)
    return path.parent


def main(cases):
    """Runs (name, function of an empty folder) and prints TAP; gives the exit status."""
    print(f"1..{len(cases)}")
    bad = 0
    for number, (name, case) in enumerate(cases, 1):
        wrong = None
        with tempfile.TemporaryDirectory() as folder:
            try:
                case(pathlib.Path(folder))
            except (AssertionError, OSError, subprocess.SubprocessError, ValueError, LookupError) as error:
                wrong = f"{type(error).__name__}: {error}"
        print(f"{'ok' if wrong is None else 'not ok'} {number} - {name}", flush=True)
        if wrong is not None:
            bad += 1
            print("".join(f"# {line}\n" for line in wrong[:4000].splitlines()), end="")
    return 1 if bad else 0
