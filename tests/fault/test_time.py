"""Hours, in seconds: the program is told a time that the test holds. The server
is away for twenty hours; tokens end; a Retry-After names an hour to come; the
wall clock jumps."""
import threading
import time
from email.utils import formatdate

import audit
import faults
from faults import Answer, Fault
from kit import Site, check, each, test
from server import FastServer
from shim import Shim

HOUR = 3600


class Held:
    """A site and a server under one simulated clock."""

    def __init__(self, scratch, rows=200, **options):
        self.site = Site(scratch / "site", rows, guilty=[7], invalid=[3])
        self.shim = Shim(self.site)
        self.server = FastServer(clock=self.shim.now, **options)
        self.began = self.shim.now()

    def __enter__(self):
        self.server.start()
        self.site.point_at(self.server)
        return self

    def __exit__(self, *unused):
        self.server.stop()

    def hours(self):
        return (self.shim.now() - self.began) / HOUR

    def run(self, *options, **told):
        extra = self.shim.environment(CLOCK=1, **told)
        return self.site.run(*options, extra=extra)

    def at(self, hours, act):
        """Does something when that much simulated time has passed."""
        def watch():
            while self.hours() < hours:
                time.sleep(0.001)
            act()
        threading.Thread(target=watch, daemon=True).start()

    def all_there(self, result):
        audit.honest(result, self.server)
        check(result.exit == 3, "only the bad rows should be left:", result)
        audit.same_store(self.site, self.server)
        audit.same_rejects(self.site, result)
        audit.no_breach(self.site, self.server)


def after_token(server, act):
    """Does something once, when the first request has come."""
    serve_sync = server.serve_sync

    def first(*arguments):
        server.serve_sync = serve_sync
        act()
        return serve_sync(*arguments)
    server.serve_sync = first


@each("busy", "gone", preload=True)
def away_for_hours(scratch, how):
    """503 to everything, or nobody there at all, for twenty hours."""
    with Held(scratch, token_life=HOUR) as held:
        server = held.server

        def leave():
            if how == "busy":
                server.faults = [Fault("503", 1), Fault("503", 1, "getToken")]
                held.at(20, server.faults.clear)
            else:
                threading.Thread(target=server.stop).start()
                held.at(20, server.start)
        server.retry_after = [None]
        after_token(server, leave)
        result = held.run("--retry-for", 7 * 24 * HOUR)
        held.all_there(result)
        hours = held.hours()
        check(20 <= hours < 24, f"it took {hours:.1f} simulated hours", result)
        tries = result.delivery["requests"] + result.delivery["tokens"]
        check(tries < 4000, f"{tries} requests in 20 hours are hammering", result)


@test(preload=True)
def patience_ends(scratch):
    """--retry-for holds in simulated time, too: then exit 7."""
    with Held(scratch) as held:
        held.server.faults = [Fault("500", 1)]
        result = held.run("--retry-for", HOUR)
        check(result.exit == 7, "exit 7 was expected:", result)
        audit.honest(result, held.server)
        hours = held.hours()
        check(0.9 < hours < 1.5, f"given up after {hours:.2f} hours", result)
        held.server.faults = []
        held.all_there(held.run())


@test(preload=True)
def tokens_end(scratch):
    """Each lives an hour, and a request takes ten minutes of it to come: they
    are renewed in time, and none is refused that could have been known."""
    with Held(scratch, token_life=HOUR) as held:
        sync = held.server.sync

        def slow(handler, body, entry):
            answer = sync(handler, body, entry)
            held.shim.advance(600)
            return answer
        held.server.sync = slow
        result = held.run("--timeout", 3 * HOUR, "--concurrency", 1)
        held.all_there(result)
        late = [entry for entry in held.server.log if entry["code"] == 401]
        check(not late, f"{len(late)} requests came with a token that had "
              "ended", result)
        tokens = len(held.server.token_log)
        check(3 <= tokens <= 12, f"{tokens} tokens in {held.hours():.1f} hours",
              result)


@each("seconds", "date", preload=True)
def retry_after(scratch, how):
    """Nobody comes before the time that the server has named."""
    with Held(scratch, rows=40) as held:
        server = held.server
        until = []

        def refuse(server, turn, answer):
            wait = 2 * HOUR
            until[:] = [until[0] if until else int(server.clock()) + wait]
            left = max(1, int(until[0] - server.clock()))
            value = formatdate(until[0], usegmt=True) if how == "date" \
                else str(left)
            return Answer(429, {"Retry-After": value}, b"")
        play(server, refuse)
        after_token(server, lambda: held.at(1.9, server.faults.clear))
        result = held.run("--retry-for", 24 * HOUR)
        held.all_there(result)
        early = [entry for entry in server.log if entry["fault"] is None
                 and entry["time"] < until[0] - 1]
        again = [entry for entry in server.log if entry["turn"] > 1
                 and entry["time"] < until[0] - 1]
        check(not early and not again,
              f"{len(early)} requests came before the time, {len(again)} again",
              result)


def play(server, answer):
    """Every SyncData request is struck by a fault of the test's own."""
    faults.KINDS["own"] = (False, answer)
    server.faults = [Fault("own", 1)]


# number of the request: seconds that the wall clock jumps by
JUMPS = {"forward": "20:36000", "back": "20:-36000",
         "to-and-fro": "15:36000,30:-72000,45:36000"}


@each(*JUMPS, preload=True)
def wall_clock_jumps(scratch, which):
    """Nothing is sent twice, nothing given up, nothing refused: waiting goes by
    the steady clock, and who waited for the other's hours would not end."""
    site = Site(scratch / "site", 300, guilty=[7], invalid=[3], batch=5)
    shim = Shim(site)
    with FastServer(faults=[Fault("500", 0.2)], latency=0.02) as server:
        site.point_at(server)
        extra = shim.environment(JUMP=JUMPS[which])
        result = site.run("--retry-for", 60, extra=extra)
        check(shim.get("jumped") != 0, "nothing has jumped", result)
        check(result.exit == 3, "a clock that jumps should change nothing:",
              result)
        audit.honest(result, server)
        audit.converge(site, server, most=2)
