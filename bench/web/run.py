"""The comparison: makes what is measured on, signs in as a person does, and goes round everything in turn, so that a busy moment
of the machine falls on all alike. README.md says what each figure counts; report.py writes the lines.
"""
import contextlib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request

import person
import report

BUILDS = pathlib.Path(sys.argv[1])
DRIVER = BUILDS / "bench/web/web-driver"
LANYARD = BUILDS / "lanyard"
POLICY = "policies/early-life"
OURS = (("list", "/people"), ("home", "/home"), ("overview", "/overview"))
PEOPLE, EVENTS, ROUNDS, CONNECTIONS = 100000, 1000000, 7, 8
WRK_SECONDS, ACT_MILLISECONDS, SLOW = 2, 1000, 5


def driver(*words):
    done = subprocess.run([str(DRIVER), *map(str, words)], stdout=subprocess.PIPE, text=True, check=True)
    return [float(word) if re.match(r"[0-9.]+$", word) else word for word in done.stdout.split()]


# ---- servers ----

@contextlib.contextmanager
def lanyard(folder):
    """The process, its address, and milliseconds from its start to the whole of its first public page."""
    began = time.perf_counter()
    with open(f"{folder}.log", "a") as log:
        server = subprocess.Popen([str(LANYARD), "serve", "--port", "0", str(folder)], stdout=subprocess.PIPE, stderr=log,
                                  text=True)
    try:
        line = server.stdout.readline()
        address = re.search(r"http://\S+[0-9]", line).group()
        with urllib.request.urlopen(address + "/") as page:
            if b"</html>" not in page.read():
                raise SystemExit("bench: the first page is not whole")
        yield server, address, (time.perf_counter() - began) * 1000
    finally:
        server.terminate()
        server.wait(timeout=30)


@contextlib.contextmanager
def fossil(place):
    """Fossil's own server with fifty tickets, and the address of their list."""
    repository, environment = place / "tickets.fossil", {**os.environ, "USER": "bench", "HOME": str(place)}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "env": environment}
    subprocess.run(["fossil", "new", "--admin-user", "bench", repository], check=True, **quiet)
    for number in range(1, 51):
        subprocess.run(["fossil", "ticket", "add", "title", f"Ticket {number}", "type", "Code_Defect", "status", "Open",
                        "severity", "Minor", "comment", f"Part {number} is loose", "-R", repository], check=True, **quiet)
    port = 20000 + os.getpid() % 20000
    server = subprocess.Popen(["fossil", "server", "--localhost", "--port", str(port), repository], **quiet)
    address = f"http://127.0.0.1:{port}/rptview?rn=1"
    try:
        for _ in range(100):
            with contextlib.suppress(OSError):
                with urllib.request.urlopen(address) as page:
                    if page.read().count(b"Ticket ") != 50:
                        raise SystemExit("bench: Fossil's list does not hold the fifty tickets")
                break
            time.sleep(0.05)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=30)


# ---- one round each ----

def milliseconds(word):
    number, unit = re.match(r"([0-9.]+)(us|ms|s)$", word).groups()
    return float(number) * {"us": 0.001, "ms": 1, "s": 1000}[unit]


def load(address, cookie=""):
    """Requests a second, p50 and p99 in milliseconds, by wrk over eight kept connections."""
    header = ["-H", f"Cookie: {cookie}"] if cookie else []
    done = subprocess.run(["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{WRK_SECONDS}s", "--latency", *header, address],
                          stdout=subprocess.PIPE, text=True, check=True)
    if "Non-2xx" in done.stdout:
        raise SystemExit(f"bench: {address} did not answer every request:\n{done.stdout}")
    found = dict(re.findall(r"^ +(50%|99%) +(\S+) *$", done.stdout, re.M))
    rate = float(re.search(r"^Requests/sec: +([0-9.]+)", done.stdout, re.M).group(1))
    return rate, milliseconds(found["50%"]), milliseconds(found["99%"])


def start(folder):
    with lanyard(folder) as (_, _, took):
        return took


def resident(server):
    """Megabytes resident now and at most, as the system counts them."""
    status = pathlib.Path(f"/proc/{server.pid}/status").read_text()
    return tuple(int(re.search(rf"^{name}:\s+(\d+) kB", status, re.M).group(1)) / 1024 for name in ("VmRSS", "VmHWM"))


class Figures(dict):
    def add(self, name, value):
        self.setdefault(name, []).append(value)


def one_round(figures, places, pages):
    ours, cookie, theirs = pages
    rounds = [(name, lambda path=path: load(ours + path, cookie)) for name, path in OURS]
    for name, figure in (*rounds, ("fossil", lambda: load(theirs))):
        for key, value in zip(("rate", "p50", "p99"), figure()):
            figures.add(f"{name} {key}", value)
    for name, batch, slow in (("acts", 0, 0), ("one", 1, SLOW), ("many", 0, SLOW)):
        rate, lost = driver("acts", places["acts"], ACT_MILLISECONDS, batch, slow)
        figures.add(name, rate)
        figures.add("lost", lost)
    figures.add("plain", driver("plain", places["plain"], ACT_MILLISECONDS)[0])
    figures.add("verify", driver("verify", places["ledger"])[0] / 1e6)
    figures.add("scan", driver("scan", places["ledger"])[0] / 1e6)
    figures.add("start", start(places["school"]))


def make_places(place):
    places = {name: place / name for name in ("school", "acts", "ledger", "plain")}
    print(f"making a record of {PEOPLE:,} people and a ledger of {EVENTS:,} events", file=sys.stderr)
    link = driver("people", places["school"], PEOPLE, POLICY)[0]
    driver("ledger", places["school"], places["ledger"], EVENTS)
    shutil.copytree(places["school"], places["acts"])
    shutil.copy(f"{places['school']}.key", f"{places['acts']}.key")
    return places, link


def measure(place):
    places, link = make_places(place)
    figures = Figures()
    with lanyard(places["school"]) as (server, address, _), fossil(place) as tickets:
        cookie, page = person.sign_in(address, link, "/people")
        if len(re.findall(r"<tr\b[^>]*>", page)) != 51:
            raise SystemExit("bench: the people page does not show fifty rows and a heading")
        for _ in range(ROUNDS):
            one_round(figures, places, (address, cookie, tickets))
        figures["memory"], figures["memory most"] = ([number] for number in resident(server))
    return figures


def main():
    with tempfile.TemporaryDirectory(prefix="lanyard-bench-") as place:
        figures = measure(pathlib.Path(place))
    report.write(figures, ROUNDS)


main()
