"""Every kind of fault, at 1 %, 20 % and 100 %, against both servers; faults of
several kinds at once; faults where the token is asked for.

At 100 % nothing can be delivered: what was sent is pending in the journal, and
once the faults are over `resume` delivers it, without the export."""
import audit
import faults
from faults import Fault
from kit import Sandbox, Site, check, each, test
from server import FastServer, free_port

HASTE = ["--retry-for", "3", "--timeout", "1", "--concurrency", "8"]
PATIENT = ["--retry-for", "20", "--timeout", "1", "--concurrency", "8"]
# How a run ends that nothing passes through.
TOTAL = {"expire": (6,), "partial": (3, 7)}
KINDS = list(faults.KINDS)
SEED = 7


class Own:
    """The suite's server, with faults that can be changed."""
    guilty = True

    def __init__(self, folder):
        self.server = FastServer(seed=SEED)

    def play(self, played):
        self.server.stop()
        self.server.faults = played
        return self.server.start()

    def stop(self):
        self.server.stop()


class Other:
    """The sandbox, started anew for other faults, on the same store."""
    guilty = False  # it refuses no record that the form allows

    def __init__(self, folder):
        folder.mkdir()
        self.server = Sandbox(folder, free_port(), seed=SEED)

    def play(self, played):
        self.server.stop()
        return self.server.start(*faults.spec(played))

    def stop(self):
        self.server.stop()


SERVERS = {"own": Own, "sandbox": Other}


def make(scratch, which, rows, batch, name):
    host = SERVERS[which](scratch / name)
    guilty = [rows // 3, rows // 2] if host.guilty else []
    site = Site(scratch / name, rows, guilty=guilty, invalid=[1, rows - 2],
                seed=rows, batch=batch)
    return host, site


def some(scratch, which, played, rows, batch, name):
    """Faults that let something through: all is done in a few runs."""
    host, site = make(scratch, which, rows, batch, name)
    try:
        server = host.play(played)
        site.point_at(server)
        if tries_alone(which, played):
            server.breaches = lambda: []
        if remembers(which, played):
            result = site.run(*PATIENT)
            audit.honest(result, server)
            forget(site, host)
        audit.converge(site, server, *PATIENT, exits=ends(played))
    finally:
        host.stop()


def ends(played):
    """A token that is taken back twice in a row ends a run, too."""
    expire = any(fault.kind == "expire" for fault in played)
    return (0, 3, 6, 7) if expire else (0, 3, 7)


def remembers(which, played):
    """The sandbox's memory of answers keeps those that fell short: the same
    body never fares better there."""
    return which == "sandbox" and \
        any(fault.kind == "partial" for fault in played)


def tries_alone(which, played):
    """After the third such answer a record is tried alone: the sandbox counts
    that as another request that stores it; FastServer knows better."""
    failures = ("garbage", "empty", "commit-then-500")
    return which == "sandbox" and any(fault.kind in failures
                                      for fault in played)


def forget(site, host):
    """Other bodies; and their records are stored once more by them."""
    host.play([])
    host.server.breaches = lambda: []
    site.age()


def sent_keys(site, host):
    """Codes that any request has carried."""
    if host.guilty:
        return {key for entry in host.server.log for key in entry["keys"]}
    return None


def total(scratch, which, kind, exits):
    """Every request is struck: nothing accepted, nothing lost."""
    host, site = make(scratch, which, 40, 10, "all")
    try:
        server = host.play([Fault(kind, 1)])
        site.point_at(server)
        result = site.run(*HASTE)
        check(result.exit in exits, f"exit {exits} was expected:", result)
        audit.honest(result, server)
        check(result.ledger["accepted"] == 0, "accepted at 100 %:", result)
        waiting = len(site.people) - len(site.invalid_rows)
        if exits == (7,):
            check(result.ledger["pending"] == waiting,
                  f"{waiting} records should be pending:", result)
        host.play([])
        resume(site, host, server, result)
        if remembers(which, [Fault(kind, 1)]):
            forget(site, host)
        if tries_alone(which, [Fault(kind, 1)]):
            host.server.breaches = lambda: []
        audit.converge(site, server, *PATIENT)
    finally:
        host.stop()


def resume(site, host, server, before):
    """Without the export and without the mapping's say."""
    export = site.folder / "kh.csv"
    export.rename(site.folder / "away.csv")
    result = site.run(*HASTE, command="resume")
    (site.folder / "away.csv").rename(export)
    check(result.exit in (0, 3), "resume does not end well:", result)
    if result.ledger:
        audit.balance(result)
    store, carried = set(server.store), sent_keys(site, host)
    if carried is not None and before.exit == 7:
        lost = carried - store - site.bad_keys
        check(not lost, f"resume has not delivered {sorted(lost)[:5]}", before,
              result)


@each(*[(which, kind) for which in SERVERS for kind in KINDS])
def kind_at_all_rates(scratch, which, kind):
    some(scratch, which, [Fault(kind, 0.01)], 300, 3, "one")
    some(scratch, which, [Fault(kind, 0.20)], 150, 5, "twenty")
    total(scratch, which, kind, TOTAL.get(kind, (7,)))


@each("own", "sandbox")
def mixed(scratch, which):
    some(scratch, which, faults.mixed(0.3), 300, 5, "mixed")


@each(*[(which, kind) for which in SERVERS
        for kind in ("500", "503", "429", "reset", "hang", "truncate", "empty")])
def get_token(scratch, which, kind):
    """The token is asked for again; and where there is none, nothing is sent
    and nothing is false."""
    some(scratch, which, [Fault(kind, 0.5, "getToken")], 60, 10, "half")
    host, site = make(scratch, which, 20, 10, "none")
    try:
        server = host.play([Fault(kind, 1, "getToken")])
        site.point_at(server)
        result = site.run(*HASTE)
        check(result.exit in (2, 7), "exit 7 or 2 was expected:", result)
        audit.honest(result, server)
        check(not server.store, "records without a token", result)
        host.play([])
        audit.converge(site, server, *HASTE)
    finally:
        host.stop()


@test()
def token_refused(scratch):
    """A token that is taken back at every request, and a wrong password."""
    host, site = make(scratch, "own", 20, 10, "wrong")
    try:
        site.point_at(host.play([]))
        (site.folder / "password").write_text("another\n")
        result = site.run(*HASTE)
        check(result.exit == 6, "exit 6 was expected:", result)
        audit.honest(result, host.server)
        check(not host.server.log, "sent without a token", result)
    finally:
        host.stop()
