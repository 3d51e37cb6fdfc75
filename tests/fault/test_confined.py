"""A program that has been broken into reaches no further than its work does;
and through a proxy, with certificates of one's own, to a host by its name, that
work is done all the same. Where the kernel keeps nothing, nothing is tried, and
that is said."""
import os
import signal
import subprocess
import time
from pathlib import Path

import audit
from kit import PROGRAM, Failure, Site, check, each, test
from server import FastServer
from test_proxy import PASSWORD, behind

HERE = Path(__file__).resolve().parent
KEPT = "Permission denied"
NO_PROGRAM = "Operation not permitted"


def in_force(site, part):
    """Does the kernel keep this part? What doctor says of it."""
    found = site.finish(site.popen([PROGRAM, "doctor", "kh.lua"], {}))
    line = [line for line in found.out.splitlines() if "  confinement  " in line]
    check(len(line) == 1, "doctor has no line of it:", found)
    if part not in line[0] or f"no {part}" in line[0]:
        print(f"not tried: {line[0]}")
        return False
    return True


def state_of(pid):
    """Of all threads: what /proc says of Seccomp and NoNewPrivs."""
    seen = set()
    for task in Path(f"/proc/{pid}/task").iterdir():
        lines = dict(line.split(":\t", 1) for line in
                     (task / "status").read_text().splitlines() if ":\t" in line)
        seen.add((lines["Seccomp"].strip(), lines["NoNewPrivs"].strip()))
    return seen


def seen_while_sending(site, server, *options):
    server.latency = 1.0
    process = site.start(*options)
    until = time.monotonic() + 20
    while not server.now_flying and time.monotonic() < until:
        time.sleep(0.02)
    seen = state_of(process.pid)
    result = site.finish(process)
    check(result.exit in (0, 3), "it should have been sent:", result)
    return seen


@test()
def from_outside(scratch):
    site = Site(scratch / "site", 10)
    with FastServer() as server:
        site.point_at(server)
        if not in_force(site, "seccomp"):
            return
        seen = seen_while_sending(site, server)
        check(seen == {("2", "1")}, f"Seccomp, NoNewPrivs: {seen}")
        site.age()
        before = set(state_of(os.getpid()))
        seen = seen_while_sending(site, server, "--no-confine")
        check(seen == before, f"with --no-confine: {seen}, not {before}")


@test()
def behind_all(scratch):
    """By name, through a proxy over TLS, an authority of its own for each."""
    with behind(scratch, "https") as (site, server, proxy):
        site.environment["FASTSYNC_URL"] = site.environment[
            "FASTSYNC_URL"].replace("127.0.0.1", "localhost")
        if not in_force(site, "Landlock"):
            return
        result = site.run()
        check(result.exit == 3 and proxy.let_through > 0, "it was not sent:", result)
        audit.honest(result, server)
        result = site.run(command="verify")
        check(result.json["counts"]["same"] == 98, "it was not read back:", result)


def preloaded(scratch):
    made = scratch / "escape.so"
    done = subprocess.run(
        ["cc", "-std=c11", "-Wall", "-Wextra", "-shared", "-fPIC", "-o", str(made),
         str(HERE / "escape.c")], capture_output=True, text=True)
    if done.returncode:
        raise Failure("escape.c does not compile:\n" + done.stderr)
    return str(made)


COMMANDS = {
    "run": ["run", "kh.lua", "--state", "state"],
    "run-sandbox": ["run", "kh.lua", "--state", "state", "--sandbox"],
    "check": ["check", "kh.lua", "--state", "state", "-o", "state/bodies"],
    "preview": ["preview", "kh.lua"],
    "cat": ["cat", "kh.csv"],
    "explain": ["explain", "kh.lua", "KH00001", "--state", "state"],
    "verify": ["verify", "kh.lua", "--state", "state"],
    "resume": ["resume", "kh.lua", "--state", "state"],
    "discard": ["discard", "kh.lua", "--state", "state", "--yes"],
    "status": ["status", "kh.lua", "--state", "state"],
    "doctor": ["doctor", "kh.lua", "--state", "state"],
    "sandbox": ["sandbox", "--listen", "127.0.0.1:0"],
}


def escape(site, words, tries, library):
    """What each try came to."""
    told = {"LD_PRELOAD": library, "ESCAPE": " ".join(tries)}
    process = site.popen([PROGRAM, *words], told)
    if words[0] == "sandbox":
        process.stdout.readline()
        process.send_signal(signal.SIGTERM)
    result = site.finish(process)
    return {line.split(" ")[1]: " ".join(line.split(" ")[2:])
            for line in result.err.splitlines() if line.startswith("escape ")}


def check_escape(site, words, library, secret):
    made = secret.parent / "made"
    tries = {f"read:{secret}": KEPT, f"write:{made}": KEPT,
             f"write:{site.folder}/kh.lua": KEPT, "read:/proc/self/environ": KEPT,
             "read:/etc/passwd": "Success", "exec:/bin/true": NO_PROGRAM}
    seen = escape(site, words, tries, library)
    check(seen == tries, f"{words}: {seen}")
    check(not made.exists(), "it was made")
    seen = escape(site, [*words, "--no-confine"], [f"read:{secret}"], library)
    check(seen == {f"read:{secret}": "Success"}, f"{words} --no-confine: {seen}")


@each(*COMMANDS, preload=True)
def broken_into(scratch, command):
    site = Site(scratch / "site", 5)
    secret = scratch / "elsewhere" / "secret"
    secret.parent.mkdir()
    secret.write_text("s3cret")
    with FastServer() as server:
        site.point_at(server)
        if not (in_force(site, "Landlock") and in_force(site, "seccomp")):
            return
        if command not in ("run", "run-sandbox", "check", "cat", "sandbox"):
            check(site.run().exit == 0, "the first run failed")
        check_escape(site, COMMANDS[command], preloaded(scratch), secret)
