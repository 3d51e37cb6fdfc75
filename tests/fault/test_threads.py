"""A thread that cannot be started (a limit on processes): the run ends, says so
and what to do, has sent nothing, and leaves the next one everything to do."""
import json

import audit
from kit import Site, check, each
from server import FastServer
from shim import Shim

JOBS = 3
# The watch's; the signals' thread while the script is loaded, while each mapper
# loads it, of what goes first (resume) and of the run; the reader's, a mapper's
# each.
THREADS = 6 + JOBS


@each(*range(1, THREADS + 1), preload=True)
def cannot_start(scratch, number):
    site = Site(scratch / "site", 200, batch=10)
    with FastServer() as server:
        site.point_at(server)
        told = Shim(site).environment(THREAD=number)
        result = site.run("--jobs", JOBS, extra=told)
        check(result.exit == 1, "a fault of the machine is exit 1:", result)
        check("a thread cannot be started" in result.err and "--jobs" in result.err,
              "it should say what to do:", result)
        check(not server.log, "something was sent:", result)
        ledger = json.loads(result.out)["ledger"]
        check(not any(ledger.values()), "nothing came of any row:", result)
        result = site.run("--jobs", JOBS)
        check(result.exit == 0, "the next run should send all:", result)
        audit.honest(result, server)


@each("check", "verify", preload=True)
def other_commands(scratch, command):
    site = Site(scratch / "site", 20)
    with FastServer() as server:
        site.point_at(server)
        check(site.run().exit == 0, "the first run failed")
        for number in range(1, 5 + JOBS):
            told = Shim(site).environment(THREAD=number)
            result = site.run("--jobs", JOBS, command=command, extra=told)
            check(result.exit == 1, f"thread {number}:", result)


@each(THREADS + 1, preload=True)
def no_more_are_started(scratch, number):
    """Else there would be threads that no test above has failed."""
    site = Site(scratch / "site", 20)
    with FastServer() as server:
        site.point_at(server)
        told = Shim(site).environment(THREAD=number)
        result = site.run("--jobs", JOBS, extra=told)
        check(result.exit == 0, "there are more threads than the tests know:", result)
