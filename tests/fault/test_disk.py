"""A disk that is full or broken, a journal that is read-only or spoilt, two
runs at once: the run says so, names the file, claims nothing that is not
written down, and once the cause is gone a run completes."""
import errno
import fcntl
import os
import signal
import sqlite3
import struct
import time

import audit
from kit import Failure, Site, check, each, test
from server import FastServer
from shim import Shim

HASTE = ["--retry-for", "3", "--timeout", "5"]
HELD = ["--retry-for", "60", "--timeout", "60"]  # waits for server.release
REASONS = {
    "ENOSPC": (os.strerror(errno.ENOSPC), "disk is full", "full"),
    "EIO": (os.strerror(errno.EIO), "disk I/O error", "I/O error"),
}


def says(result, name, reasons):
    """A clear end: an exit code for it, the file's name and the reason."""
    check(result.exit in (1, 2), "exit 1 or 2 was expected:", result)
    check(name in result.err, f"the message does not name {name}:", result)
    check(not reasons or any(text in result.err for text in reasons),
          f"the message does not say one of {reasons}:", result)
    check("Assertion" not in result.err and "Sanitizer" not in result.err,
          "it fell over:", result)


def claims(site, server, result):
    """What it says is accepted is held by the server, and known by the
    journal: the run after this one sends nothing of it."""
    accepted = result.ledger.get("accepted", 0)
    check(accepted <= len(server.store), "accepted is too much:", result)
    if result.ledger:
        ledger = result.ledger
        right = sum(ledger.get(part, 0) for part in audit.PARTS)
        check(ledger["rows"] + ledger["extra"] == right,
              "the ledger does not balance:", result)
    return accepted


def fails_from(scratch, name, n, told):
    """The n-th event and all behind it fail; then they do no longer."""
    site = Site(scratch / f"{name}-{n}", 24, guilty=[4], invalid=[9], batch=3)
    shim = Shim(site)
    with FastServer() as server:
        site.point_at(server)
        extra = shim.environment(FROM=n, **told)
        result = site.run(*HASTE, extra=extra)
        if shim.get("failed") == 0:
            return False
        if result.exit != 3:  # a checkpoint that waits is no failure
            says(result, told["FILES"].split(".")[0], REASONS[told["ERRNO"]])
        accepted, seen = claims(site, server, result), len(server.log)
        after = site.run(*HASTE)
        audit.honest(after, server)
        again = {key for entry in server.log[seen:] for key in entry["keys"]}
        check(len(again) + accepted <= 23, f"{accepted} were reported accepted, "
              f"and {len(again)} of the 23 are sent again:", result, after)
        audit.converge(site, server, *HASTE, most=3)
    return True


@each(*[(number, files, half)
        for number in ("ENOSPC", "EIO")
        for files in ("journal.db", "rejects.csv")
        for half in ("whole", "half")], preload=True, busy=True)
def write_fails(scratch, number, files, half):
    told = {"ERRNO": number, "FILES": files}
    if half == "half":
        told["HALF"] = 1
    n = failed = 0
    while n < 200:
        n += 1 if n < 20 else 3
        try:
            if not fails_from(scratch, half, n, told):
                break
            failed += 1
        except Failure as failure:
            raise Failure(f"{number} under {files} from event {n} on ({half}): "
                          f"{failure}") from None
    check(failed > 0, f"no write to {files} could be made to fail")


@each("ENOSPC", "EIO", preload=True)
def warnings_unwritable(scratch, number):
    """A report that cannot be written keeps no customer back, and is told."""
    for n in range(1, 30):
        site = Site(scratch / f"site-{n}", 24, batch=3)
        script = site.folder / "kh.lua"
        script.write_text(script.read_text().replace('col "Ghi chú"', """
            function(row) fast.warn("doubtful") return row["Ghi chú"] end"""))
        shim = Shim(site)
        with FastServer() as server:
            site.point_at(server)
            extra = shim.environment(FROM=n, ERRNO=number, FILES="warnings.csv")
            result = site.run(*HASTE, extra=extra)
            if shim.get("failed") == 0:
                break
            says(result, "warnings.csv", REASONS[number])
            check(result.ledger.get("accepted") == len(server.store) == 24,
                  "customers were kept back:", result)
    check(n > 2, "no write to warnings.csv could be made to fail")


@each("ENOSPC", "EIO", preload=True)
def edits_outlive_it(scratch, number):
    """What people have made of a rejects file is there, whatever fails."""
    for n in range(1, 40):
        site = Site(scratch / f"site-{n}", 24, invalid=[9, 12], batch=3)
        shim = Shim(site)
        with FastServer() as server:
            site.point_at(server)
            site.run(*HASTE)
            edited = site.state / "rejects.csv"
            mine = edited.read_bytes() + b"somebody's own line\n"
            edited.write_bytes(mine)
            extra = shim.environment(FROM=n, ERRNO=number, FILES="rejects")
            result = site.run(*HASTE, extra=extra)
            found = [path.name for path in site.state.glob("rejects*.csv")
                     if path.read_bytes() == mine]
            check(found, "what was edited is gone:", result)
            if shim.get("failed") == 0:
                break
            after = site.run(*HASTE)
            kept = after.json.get("rejects_edited", [])
            check(any((site.state / os.path.basename(path)).read_bytes() == mine
                      for path in kept), f"it is not in {kept}:", after)
    check(n > 3, "no write to the rejects could be made to fail")


def spoil_nothing(path):
    path.write_bytes(b"")


def spoil_text(path):
    path.write_bytes(b"this is no database at all\n" * 400)


def spoil_head(path):
    with open(path, "r+b") as file:
        file.write(os.urandom(100))


def spoil_short(path):
    os.truncate(path, path.stat().st_size * 2 // 3)


def spoil_page(path):
    """Bytes of every page but the first are another page's."""
    with open(path, "r+b") as file:
        size = file.seek(0, 2)
        for at in range(16384, size, 16384):
            file.seek(at)
            file.write(b"\xa5" * 2048)


SPOILT = {"text": spoil_text, "head": spoil_head, "short": spoil_short,
          "page": spoil_page}


@each(*SPOILT)
def journal_spoilt(scratch, how):
    """It is never taken for an empty one: that would send everything anew, and
    lose what is pending."""
    site = Site(scratch / "site", 2000, batch=50)
    with FastServer() as server:
        site.point_at(server)
        check(site.run(*HASTE).exit == 0, "a first run:", site.results[-1])
        journal = site.state / "journal.db"
        SPOILT[how](journal)
        seen = len(server.log)
        result = site.run(*HASTE)
        says(result, "journal.db", ())
        check(len(server.log) == seen, "records were sent all the same:", result)


@test()
def journal_newer(scratch):
    """A journal of a later version is left alone."""
    site = Site(scratch / "site", 10)
    with FastServer() as server:
        site.point_at(server)
        site.run(*HASTE)
        with sqlite3.connect(site.state / "journal.db") as db:
            db.execute("PRAGMA user_version = 9999")
        result = site.run(*HASTE, "--full")
        says(result, "journal.db", ("newer",))
        check(len(server.log) == 1, "sent all the same:", result)


# Root may write everywhere but below a mount that is read-only, or without its
# rights.
MOUNT = ["unshare", "-rm", "sh", "-c", 'mount --bind "$0" "$0" && '
         'mount -o remount,ro,bind "$0" && exec "$@"']
NO_RIGHTS = ["setpriv", "--bounding-set=-all", "--inh-caps=-all", "--"]


@each("empty", "used")
def folder_read_only(scratch, how):
    site = Site(scratch / "site", 10)
    site.state.mkdir()
    with FastServer() as server:
        site.point_at(server)
        if how == "used":
            site.run(*HASTE)
            site.age()
        seen = len(server.log)
        result = read_only_run(site)
        says(result, str(site.state), ("Read-only", "Permission", "readonly",
                                       "read-only"))
        check(len(server.log) == seen, "sent all the same:", result)
        audit.converge(site, server, *HASTE, most=2)


def read_only_run(site):
    root = os.geteuid() == 0
    mounts = root and os.system("unshare -rm true 2>&-") == 0
    before = [*MOUNT, str(site.state)] if mounts else NO_RIGHTS if root else []
    plain = site.command
    site.command = lambda *o, **k: before + plain(*o, **k)
    site.state.chmod(0o700 if mounts else 0o500)
    try:
        return site.run(*HASTE)
    finally:
        site.state.chmod(0o700)
        site.command = plain


@each("alive", "killed")
def two_at_once(scratch, how):
    """The second one leaves with exit 9; a dead one's lock holds nobody up."""
    site = Site(scratch / "site", 200, batch=10)
    with FastServer().hold() as server:
        site.point_at(server)
        first = site.start(*HELD)
        while not server.log:
            check(first.poll() is None, "the first run ended early")
            time.sleep(0.005)
        second = site.run(*HASTE)
        check(second.exit == 9, "exit 9 was expected of the second:", second)
        other = site.run(*HASTE, command="resume")
        check(other.exit == 9, "exit 9 was expected of resume:", other)
        if how == "killed":
            os.kill(first.pid, signal.SIGKILL)
        server.release()
        result = site.finish(first)
        if how == "alive":
            check(result.exit == 0, "the first run was disturbed:", result)
        audit.converge(site, server, *HASTE, most=2)


@test()
def check_beside_a_run(scratch):
    """A check takes no lock of the journal; the run keeps its rejects."""
    site = Site(scratch / "site", 60, guilty=[7], invalid=[3, 50])
    with FastServer().hold(1) as server:
        site.point_at(server)
        first = site.start(*HELD, "--concurrency", "1")
        while not (site.state / "rejects.csv.part").exists():
            check(first.poll() is None, "the run ended early")
            time.sleep(0.005)
        beside = site.run(command="check")
        check(beside.exit == 3, "it should go on beside the run:", beside)
        taken = site.run("--rejects", site.state / "rejects.csv",
                         command="check")
        check(taken.exit == 9, "exit 9 was expected of check:", taken)
        check("rejects.csv.part" in taken.err, "it names no file:", taken)
        check(first.poll() is None, "the run has ended too early to tell")
        server.release()
        result = site.finish(first)
        check(result.exit == 3, "the run was disturbed:", result)
        audit.same_rejects(site, result)


@test()
def rejects_taken_first(scratch):
    """Their place is the run's before its first request, though it has none."""
    site = Site(scratch / "site", 60, guilty=[55])
    with FastServer().hold() as server:
        site.point_at(server)
        first = site.start(*HELD, "--concurrency", "1")
        while not server.log:
            check(first.poll() is None, "the run ended early")
            time.sleep(0.005)
        with open(site.state / "rejects.csv.part", "r+") as part:
            try:
                fcntl.lockf(part, fcntl.LOCK_EX | fcntl.LOCK_NB)
                raise Failure("the place could be taken from it")
            except OSError:
                pass
        server.release()
        audit.honest(site.finish(first), server)
        audit.converge(site, server, *HASTE, most=2)


# Where a process is not seen, who holds a lock has no number.
ELSEWHERE = ["unshare", "-rpf", "--"]


def hold_unseen(path):
    """Holds the lock, and answers what goes before a command that shall not
    see by whom: another namespace, or nothing, as nobody has this lock."""
    lock = open(path, "r+")
    if os.system(" ".join(ELSEWHERE) + " true 2>&-") == 0:
        fcntl.lockf(lock, fcntl.LOCK_EX)
        return lock, ELSEWHERE
    whole = struct.pack("hhqqi4x", fcntl.F_WRLCK, os.SEEK_SET, 0, 0, 0)
    fcntl.fcntl(lock, fcntl.F_OFD_SETLK, whole)
    return lock, []


@test()
def seen_from_elsewhere(scratch):
    """A run in another container is seen; only its number is not known."""
    site = Site(scratch / "site", 40)
    with FastServer().hold() as server:
        site.point_at(server)
        first = site.start(*HELD, "--concurrency", "1")
        while not server.log:
            check(first.poll() is None, "the first run ended early")
            time.sleep(0.005)
        os.kill(first.pid, signal.SIGKILL)
        site.finish(first)
        server.release()
        lock, before = hold_unseen(site.state / "journal.lock")
        with lock:
            plain = site.command
            site.command = lambda *o, **k: before + plain(*o, **k)
            look_unseen(site)
            site.command = plain
        audit.converge(site, server, *HASTE, most=2)


def look_unseen(site):
    result = site.run(command="status")
    check(result.json.get("running") is True, "no run is seen:", result)
    for command, said in (("status", "): going on\n"),
                          ("doctor", "; another process uses it")):
        line = site.command(command=command)
        line.remove("--json")
        result = site.finish(site.popen(line, {}))
        check(said in result.out, f"{said!r} was expected:", result)
    for command in ("verify", "run"):
        result = site.run(command=command)
        check(result.exit == 9, f"exit 9 was expected of {command}:", result)
        check("is going on; wait" in result.err, "who is it:", result)
