"""kill -9: before and after every write and every request of a small run, and
at random moments of a larger one that goes on and on. Nothing is lost, nothing
is stored twice, and what may have arrived is sent again as it was."""
import json
import os
import random
import signal
import time

import audit
from kit import QUICK, Failure, Site, check, each, test
from server import FastServer
from shim import Shim

HASTE = ["--retry-for", "5", "--timeout", "5"]
ROUNDS = 25 if QUICK else 50


def small(scratch, name):
    """Twelve rows in batches of three, one of them guilty."""
    site = Site(scratch / name, 12, guilty=[4], invalid=[9], batch=3)
    return site, Shim(site)


def count_events(scratch):
    site, shim = small(scratch, "whole")
    with FastServer() as server:
        site.point_at(server)
        result = site.run(*HASTE, extra=shim.environment())
        check(result.exit == 3, "the run that is to be killed:", result)
    events = shim.get("events")
    check(events > 15, f"only {events} events: is the shim loaded?", result)
    return events


def killed_at(scratch, when, n, follow):
    site, shim = small(scratch, f"{when}-{n}")
    with FastServer() as server:
        site.point_at(server)
        extra = shim.environment(KILL=n, WHEN=when)
        result = site.run(*HASTE, extra=extra)
        if shim.get("events") >= n:
            check(result.exit == -signal.SIGKILL, f"not killed at {n}:", result)
        if follow == "resume":
            after = site.run(*HASTE, command="resume")
            check(after.exit in (0, 3), "resume after a kill:", result, after)
        audit.converge(site, server, *HASTE, most=3)
        if site.results[-1].exit != 3:
            raise Failure(f"the guilty row is gone: {site.results[-1]}")


@each("before", "after", preload=True, busy=True)
def at_every_event(scratch, when):
    """Odd and even events are followed by another command, turn about: what is
    after one is before the next."""
    events = count_events(scratch)
    for n in range(1, events + 1):
        follow = "run" if n % 2 == (when == "after") else "resume"
        try:
            killed_at(scratch, when, n, follow)
        except Failure as failure:
            raise Failure(f"killed {when} event {n} of {events}, then {follow}: "
                          f"{failure}") from None


def kill_late(site, moment):
    """Starts a run and kills it after so many seconds; None: it had ended."""
    began = time.monotonic()
    process = site.start(*HASTE, "--concurrency", "6")
    left = began + moment - time.monotonic()
    time.sleep(max(0, left))
    if process.poll() is None:
        os.kill(process.pid, signal.SIGKILL)
    result = site.finish(process, began)
    if result.exit == -signal.SIGKILL:
        return None
    return result


def settled(site, server, result):
    """A run that got through: the books hold, and the export grows older."""
    check(result.exit in (0, 3), "an unexpected end:", result)
    audit.honest(result, server)
    audit.same_store(site, server)
    audit.same_rejects(site, result)
    site.age()


def duration(site, server):
    result = site.run(*HASTE, "--concurrency", "6")
    settled(site, server, result)
    return result.seconds


@each(*((20,) if QUICK else (20, 21, 22, 23)), busy=True)
def at_random_moments(scratch, seed):
    """The export changes whenever a run has got through, and now and then
    while bodies of the one before are pending: those still go first."""
    chance = random.Random(seed)
    site = Site(scratch / "site", 1000, guilty=[10, 500], invalid=[3, 999],
                batch=50)
    with FastServer(latency=0.004) as server:
        site.point_at(server)
        whole = duration(site, server)
        kills = 0
        for _ in range(3 * ROUNDS):
            result = kill_late(site, chance.uniform(0, whole))
            kills += result is None
            if result is not None:
                settled(site, server, result)
                whole = min(whole, result.seconds)
            elif chance.random() < 0.1:
                site.age()
            audit.no_breach(site, server)
            if kills == ROUNDS:
                break
        check(kills == ROUNDS, f"only {kills} of {ROUNDS} runs were killed in "
              f"{3 * ROUNDS}; a whole one takes {whole:.2f} s")
        audit.converge(site, server, *HASTE, most=3)


@test()
def interrupted(scratch):
    """SIGTERM: what flies is finished and written down; exit 130."""
    site = Site(scratch / "site", 2000, guilty=[10], batch=10)
    with FastServer(latency=0.05) as server:
        site.point_at(server)
        process = site.start(*HASTE)
        while len(server.log) < 8:
            time.sleep(0.005)
        process.send_signal(signal.SIGTERM)
        result = site.finish(process)
        check(result.exit == 130, "exit 130 was expected:", result)
        audit.honest(result, server)
        server.latency = 0
        audit.converge(site, server, *HASTE, most=3)


@test()
def check_interrupted(scratch):
    """The file holds whole bodies: as many as are said to be formed."""
    site = Site(scratch / "site", 4000, invalid=[30])
    export = site.folder / "kh.csv"
    text = export.read_bytes()
    export.unlink()
    os.mkfifo(export)
    process = site.start("kh.csv", "-o", "bodies", "--batch", "7", command="check")
    with open(export, "wb") as pipe:
        pipe.write(text)
        pipe.flush()
        time.sleep(0.5)  # some of it is taken; the rest never comes
        process.send_signal(signal.SIGTERM)
        result = site.finish(process)
    check(result.exit == 130, "exit 130 was expected:", result)
    bodies = (site.folder / "bodies").read_bytes().splitlines()
    formed = json.loads(result.out)["delivery"]["batches"]
    check(formed > 0, "nothing was formed:", result)
    check(len(bodies) == formed, f"{len(bodies)} bodies, not {formed}:", result)
    for body in bodies:
        check(len(json.loads(body)["data"]) == 7, "a part of a body:", body)
