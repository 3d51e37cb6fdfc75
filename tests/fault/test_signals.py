"""Signals: one that asks for an end, two of them within a moment, and those
that come where a run is at its beginning or at its end. The ledger is written,
and no file of nothing stays."""
import json
import os
import signal
import sqlite3
import subprocess
import time

import audit
from faults import Fault
from kit import PROGRAM, Failure, Site, check, each, test
from server import FastServer

HASTE = ["--retry-for", "20", "--timeout", "20"]
SIGNALS = {"int": signal.SIGINT, "term": signal.SIGTERM, "hup": signal.SIGHUP}


def until(condition):
    for _ in range(4000):
        if condition():
            return
        time.sleep(0.005)
    raise Failure("it never came so far")


def flying(server, number):
    until(lambda: len(server.log) >= number)


def said(process, text):
    """Waits for a message."""
    line = b""
    while text not in line:
        line = process.stderr.readline()
        check(line, f"it never said {text}")


def no_empty_part(site):
    empty = [path.name for path in site.state.rglob("*.part")
             if path.stat().st_size == 0]
    check(not empty, f"files of nothing stay: {empty}")


def last_run(site):
    with sqlite3.connect(site.state / "journal.db") as db:
        return db.execute("SELECT ended, exit FROM runs ORDER BY id DESC"
                          " LIMIT 1").fetchone()


def ended(site, result):
    """In order: with a ledger, and its end in the journal."""
    check(result.exit == 130 and result.ledger, "130 and a ledger:", result)
    finished, code = last_run(site)
    check(finished and code == 130, "the journal knows no end:", result)
    no_empty_part(site)


@each(("term", 0), ("hup", 0.02), ("int", 0.3), ("term", 0.3))
def two_within_a_moment(scratch, name, pause):
    """As `timeout` sends them: they are one."""
    site = Site(scratch / "site", 400, guilty=[10], batch=10)
    with FastServer().hold(4) as server:
        site.point_at(server)
        process = site.start(*HASTE)
        flying(server, 6)
        process.send_signal(SIGNALS[name])
        said(process, b"stopping")
        time.sleep(pause)
        process.send_signal(SIGNALS[name])
        time.sleep(0.2)
        check(process.poll() is None, "it has ended at once")
        server.release()
        result = site.finish(process)
        ended(site, result)
        audit.honest(result, server)
        audit.converge(site, server, *HASTE, most=3)


@each("int", "term", "hup")
def twice(scratch, name):
    """After half a second the second one counts."""
    site = Site(scratch / "site", 400, batch=10)
    with FastServer().hold(4) as server:
        site.point_at(server)
        process = site.start(*HASTE)
        flying(server, 6)
        process.send_signal(SIGNALS[name])
        said(process, b"stopping")
        time.sleep(0.6)
        process.send_signal(SIGNALS[name])
        process.wait(20)
        result = site.finish(process)
        check(result.exit == 130 and not result.out, "at once:", result)
        no_empty_part(site)
        server.release()
        audit.converge(site, server, *HASTE, most=3)


@test()
def timeout_command(scratch):
    """The real one: it signals the process, and then its whole group."""
    site = Site(scratch / "site", 400, batch=10)
    with FastServer(latency=0.3) as server:
        site.point_at(server)
        process = site.popen(["timeout", "1", *site.command(*HASTE)], {})
        result = site.finish(process)
        check(result.exit == 124, "timeout says 124:", result)
        check(result.ledger, "there is no ledger:", result)
        check(last_run(site)[1] == 130, "the journal knows no end:", result)
        no_empty_part(site)
        server.latency = 0
        audit.converge(site, server, *HASTE, most=3)


@test()
def ignored_hangup(scratch):
    """nohup: whoever has it ignored goes on."""
    site = Site(scratch / "site", 40, batch=10)
    with FastServer().hold(2) as server:
        site.point_at(server)
        process = site.popen(["sh", "-c", "trap '' HUP; exec \"$@\"", "sh",
                              *site.command(*HASTE)], {})
        flying(server, 3)
        process.send_signal(signal.SIGHUP)
        time.sleep(0.2)
        server.release()
        result = site.finish(process)
        check(result.exit == 0, "it should have gone on:", result)


@each("int", "hup")
def before_the_first_token(scratch, name):
    """The server does not answer; two signals, and the journal tells."""
    site = Site(scratch / "site", 40, batch=10)
    with FastServer(faults=[Fault("hang", 1, "getToken")]) as server:
        site.point_at(server)
        process = site.start(*HASTE)
        until(lambda: "getToken:hang" in server.counts)
        process.send_signal(SIGNALS[name])
        process.send_signal(SIGNALS[name])
        result = site.finish(process)
        check(result.exit == 130, "exit 130 was expected:", result)
        check(last_run(site)[1] == 130, "the journal knows no end:", result)
        no_empty_part(site)


@each("term", "hup")
def at_the_end(scratch, name):
    """Nobody reads the ledger yet: a signal does not take it away."""
    site = Site(scratch / "site", 40, batch=10)
    with FastServer() as server:
        site.point_at(server)
        # More than a pipe takes: the program waits for who reads.
        first, write = os.pipe()
        os.set_blocking(write, False)
        try:
            while True:
                os.write(write, b" " * 4096)
        except BlockingIOError:
            pass
        os.set_blocking(write, True)
        process = subprocess.Popen(
            site.command(*HASTE), cwd=site.folder, stdin=subprocess.DEVNULL,
            env=site.full_environment({}), stdout=write,
            stderr=subprocess.PIPE)
        os.close(write)
        until(lambda: len(server.store) == 40 and last_run(site)[0])
        process.send_signal(SIGNALS[name])
        time.sleep(0.1)
        with os.fdopen(first, "rb") as out:
            ledger = json.loads(out.read())["ledger"]
        check(ledger["accepted"] == 40, f"another ledger: {ledger}")
        check(process.wait(20) == 0, f"it ended with {process.returncode}")
        process.stderr.close()


@each("term", "hup")
def a_check(scratch, name):
    """A pipe that is not at its end: the check says what it has seen."""
    site = Site(scratch / "site", 4000, batch=10)
    process = subprocess.Popen(
        [PROGRAM, "check", "kh.lua", "-", "--state", str(site.state),
         "--json"], cwd=site.folder, env=site.full_environment({}),
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdin.write((site.folder / "kh.csv").read_bytes()[:300000])
    process.stdin.flush()
    time.sleep(0.5)
    process.send_signal(SIGNALS[name])
    process.send_signal(SIGNALS[name])
    process.wait(20)
    result = site.finish(process)
    check(result.exit == 130 and result.ledger, "130 and a ledger:", result)
    no_empty_part(site)


@each("int", "term", "hup")
def the_sandbox(scratch, name):
    """It sums up, whichever it is."""
    process = subprocess.Popen(
        [PROGRAM, "sandbox", "--listen", "127.0.0.1:0"], text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=scratch)
    process.stdout.readline()
    process.send_signal(SIGNALS[name])
    out, _ = process.communicate(timeout=20)
    check("0 customers" in out, f"no sum: {out}")
