"""duplicates = "last", where two readings of the input must agree: kill -9 at
any moment of either, a signal in the first one, and an input that changes
between them. A row that is superseded never comes to the server, whose records
keep each field that was ever sent."""
import csv
import os
import random
import signal
import subprocess
import time

import audit
from kit import HEADER, MAPPING, QUICK, Failure, Site, check, each, test
from server import FastServer
from shim import Shim

HASTE = ["--retry-for", "5", "--timeout", "5"]
ROUNDS = 10 if QUICK else 25
OLDER = "0900000000"  # a telephone number that older rows alone have


class Repeated(Site):
    """Each person has three rows; the last ones have no telephone number."""

    def __init__(self, folder, rows, **how):
        super().__init__(folder, rows, **how)
        text = MAPPING.replace("  fields = {", '  duplicates = "last",\n  fields = {')
        (self.folder / "kh.lua").write_text(text)

    def person(self, i):
        made = super().person(i)
        del made["PhoneNumber"]
        return made

    def lines(self, i, note, phone):
        row = self.record(i)
        status = {"1": "Đang hoạt động", "0": "Ngừng"}[row["status"]]
        if i in self.invalid_rows:
            status = "Chưa rõ"
        return [row["CustomerCode"], row["CustomerName"], row["Address"], phone,
                status, note or row["Description"]]

    def write(self):
        with open(self.folder / "kh.csv", "w", newline="") as file:
            writer = csv.writer(file, delimiter=";")
            writer.writerow(HEADER)
            for older in (2, 1):
                for i in range(len(self.people)):
                    writer.writerow(self.lines(i, f"older {older}", OLDER))
            for i in range(len(self.people)):
                writer.writerow(self.lines(i, "", ""))


def none_superseded(server):
    phones = [key for key, record in server.store.items() if "PhoneNumber" in record]
    check(not phones, f"superseded rows came to the server: {phones[:5]}")


def small(scratch, name):
    site = Repeated(scratch / name, 12, guilty=[4], invalid=[9], batch=3)
    return site, Shim(site)


def killed_at(scratch, when, n):
    """True: the run had so many events."""
    site, shim = small(scratch, f"{when}-{n}")
    with FastServer() as server:
        site.point_at(server)
        result = site.run(*HASTE, extra=shim.environment(KILL=n, WHEN=when))
        killed = result.exit == -signal.SIGKILL
        audit.converge(site, server, *HASTE, most=3)
        none_superseded(server)
        return killed


@each("before", "after", preload=True, busy=True)
def at_every_event(scratch, when):
    events = 0
    while killed_at(scratch, when, events + 1):
        events += 1
    check(events > 15, f"only {events} events: is the shim loaded?")


def kill_late(site, moment):
    """None: it was killed."""
    process = site.start(*HASTE, "--concurrency", "6")
    time.sleep(max(0, moment))
    if process.poll() is None:
        os.kill(process.pid, signal.SIGKILL)
    result = site.finish(process)
    return None if result.exit == -signal.SIGKILL else result


@test(busy=True)
def at_random_moments(scratch):
    """Every other time early, where the first reading goes on."""
    chance = random.Random(30)
    site = Repeated(scratch / "site", 3000, guilty=[10, 500], invalid=[3, 999],
                    batch=100)
    with FastServer(latency=0.002) as server:
        site.point_at(server)
        whole = site.run(*HASTE, "--concurrency", "6").seconds
        site.age()
        kills = 0
        for turn in range(3 * ROUNDS):
            result = kill_late(site, chance.uniform(0, whole if turn % 2 else 0.1))
            kills += result is None
            if result is not None:
                audit.honest(result, server)
                audit.same_store(site, server)
                site.age()
            audit.no_breach(site, server)
            none_superseded(server)
            if kills == ROUNDS:
                break
        audit.converge(site, server, *HASTE, most=3)
        none_superseded(server)


def piped(site, *inputs):
    """A run that reads what is written into its standard input, too."""
    line = site.command(*HASTE, *inputs)
    return subprocess.Popen(
        line, cwd=site.folder, env=site.full_environment({}),
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def nothing_sent(result, server, code):
    check(result.exit == code, f"exit {code} was expected:", result)
    check(result.ledger["rows"] == 0 and result.delivery["requests"] == 0,
          "it should not have come so far:", result)
    check(not server.store, "something was sent:", result)


@test()
def a_signal_in_the_first_reading(scratch):
    """The pipe is not at its end, and nobody knows what stands there."""
    site = Repeated(scratch / "site", 4000, batch=500)
    with FastServer() as server:
        site.point_at(server)
        process = piped(site, "-")
        process.stdin.write((site.folder / "kh.csv").read_bytes()[:300000])
        process.stdin.flush()
        time.sleep(0.5)
        check(process.poll() is None, "it did not wait for its input")
        process.send_signal(signal.SIGTERM)
        process.wait(20)
        nothing_sent(site.finish(process), server, 130)
        audit.converge(site, server, *HASTE, most=2)
        none_superseded(server)


def read_whole(process, path):
    """Waits until the process has read the file to its end."""
    size = path.stat().st_size
    for _ in range(400):
        folder = f"/proc/{process.pid}/fd"
        for number in os.listdir(folder):
            if os.path.realpath(f"{folder}/{number}") != str(path):
                continue
            with open(f"/proc/{process.pid}/fdinfo/{number}") as file:
                if int(file.readline().split()[1]) == size:
                    return
        time.sleep(0.05)
    raise Failure(f"{path} was not read to its end")


def other_key(lines):
    lines[-1] = lines[-1].replace(b"KH", b"XX", 1)


def other_order(lines):
    lines[-2:] = lines[:-3:-1]


def shorter(lines):
    del lines[-100:]


def longer(lines):
    lines.append(lines[-1].replace(b"KH", b"YY", 1))


def no_row(lines):
    lines[-1] = b";" * 5 + b" " * (len(lines[-1]) - 7) + lines[-1][-2:]


CHANGES = {change.__name__: change for change in
           (other_key, other_order, shorter, longer, no_row)}


@each(*CHANGES)
def changed_between(scratch, name):
    """The first input is read, and the second one, a pipe, has not ended: so the
    first reading goes on while the first input changes."""
    site = Repeated(scratch / "site", 4000, batch=500)
    whole = site.folder / "kh.csv"
    with FastServer() as server:
        site.point_at(server)
        text = whole.read_bytes()
        process = piped(site, whole, "-")
        process.stdin.write(text[:100000])
        process.stdin.flush()
        read_whole(process, whole)
        lines = text.splitlines(keepends=True)
        CHANGES[name](lines)
        whole.write_bytes(b"".join(lines))
        process.stdin.close()
        process.stdin = None
        result = site.finish(process)
        check(result.exit == 4, "exit 4 was expected:", result)
        check("kh.csv" in result.err or "input" in result.err,
              "the message names no input:", result)
        check(not any(key[:2] in ("XX", "YY") for key in server.store),
              "what nobody had looked at was sent:", result)
        none_superseded(server)
        audit.balance(result)
