"""Figures into lines: the table, the claims. Measures nothing."""
import os
import platform
import statistics

COMMITS_BAR, COMMITS_SHARE = 1000, 0.25


def show(number):
    return f"{number:,.0f}" if number >= 1000 else f"{number:.{0 if number >= 100 else 1}f}"


def heading(text):
    return f"\n{text:<58} " + " ".join(f"{word:>10}" for word in ("minimum", "median", "maximum"))


def row(title, unit, figures):
    three = (min(figures), statistics.median(figures), max(figures))
    return f"{title:<52} {unit:<5} " + " ".join(f"{show(number):>10}" for number in three)


def claim(what, measured, bar, at_most=False):
    holds = measured <= bar if at_most else measured >= bar
    return f"claim {what} measured {measured:.3f} bar {bar} {'holds' if holds else 'falls-short'}"


TABLE = (
    ("a list of fifty, eight kept connections", (
        ("Lanyard, people by name, of 100,000", "req/s", "list rate"), ("  its p50", "ms", "list p50"),
        ("  its p99", "ms", "list p99"), ("Fossil, tickets", "req/s", "fossil rate"),
        ("  its p50", "ms", "fossil p50"), ("  its p99", "ms", "fossil p99"))),
    ("pages of somebody who leads a school of 100,000, eight connections", (
        ("home", "req/s", "home rate"), ("  its p50", "ms", "home p50"), ("  its p99", "ms", "home p99"),
        ("how things stand", "req/s", "overview rate"), ("  its p50", "ms", "overview p50"),
        ("  its p99", "ms", "overview p99"))),
    ("durable acts, 64 clients, a record of 100,000 people", (
        ("absences recorded", "a s", "acts"), ("SQLite alone, a row a commit, FULL", "a s", "plain"),
        ("each sync 5 ms slower, as many in a commit as wait", "a s", "many"),
        ("each sync 5 ms slower, one in a commit", "a s", "one"))),
    ("a ledger of 1,000,000 events", (
        ("verify, tied", "ms", "verify"), ("one scan of the table, OpenSSL's SHA-256", "ms", "scan"))),
    ("the server, a record of 100,000 people", (
        ("start to the end of the first public page", "ms", "start"), ("resident after the load", "MB", "memory"),
        ("resident at most", "MB", "memory most"))),
)


def write(figures, rounds):
    middle = {name: statistics.median(list_of) for name, list_of in figures.items()}
    print(f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors, {rounds} rounds in turn, "
          f"load {os.getloadavg()[0]:.1f} at the end")
    for title, rows in TABLE:
        print(heading(title))
        for words, unit, name in rows:
            print(row(words, unit, figures[name]))
    wanted = min(COMMITS_BAR, COMMITS_SHARE * middle["plain"])
    print()
    print(claim("list", middle["list rate"] / middle["fossil rate"], 20))
    print(claim("home", middle["home rate"] / middle["fossil rate"], 1))
    print(claim("p99", middle["list p99"] / middle["fossil p50"], 1, True))
    print(claim("acts", middle["acts"] / wanted, 1))
    print(claim("batches", middle["many"] / middle["one"], 3))
    print(claim("lost", sum(figures["lost"]), 0, True))
    print(claim("verify", middle["verify"] / middle["scan"], 3, True))
    print(claim("start", middle["start"], 100, True))
    print(claim("memory", middle["memory"], 100, True))
