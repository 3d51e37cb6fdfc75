"""A power cut, at every event of a small run: of the state folder remains what
had been synchronised, and nothing else. What was reported accepted is known;
what may have arrived is sent again as it was."""
import shutil
import signal

import audit
from kit import Failure, Site, check, each, test
from server import FastServer
from shim import Shim

HASTE = ["--retry-for", "2", "--timeout", "5"]


class Powered:
    """A site whose state folder can lose what was not synchronised."""

    def __init__(self, scratch, name):
        self.site = Site(scratch / name, 12, guilty=[4], invalid=[9], batch=3)
        self.safe = self.site.folder / "safe"
        self.safe.mkdir()
        self.shim = Shim(self.site)

    def run(self, **told):
        extra = self.shim.environment(SAFE=self.safe, **told)
        return self.site.run(*HASTE, extra=extra)

    def cut(self):
        shutil.rmtree(self.site.state, ignore_errors=True)
        shutil.copytree(self.safe, self.site.state)


def cut_at(scratch, n):
    powered = Powered(scratch, f"cut-{n}")
    with FastServer() as server:
        site = powered.site.point_at(server)
        result = powered.run(KILL=n, WHEN="after")
        if powered.shim.get("events") >= n:
            check(result.exit == -signal.SIGKILL, f"not killed at {n}:", result)
        powered.cut()
        site.batch = 4  # what is mapped anew makes other bodies
        audit.converge(site, server, *HASTE, most=3)


@test(preload=True, busy=True)
def at_every_event(scratch):
    whole = Powered(scratch, "whole")
    with FastServer() as server:
        whole.site.point_at(server)
        whole.run()
    events = whole.shim.get("events")
    check(events > 15, f"only {events} events: is the shim loaded?")
    for n in range(1, events + 1):
        try:
            cut_at(scratch, n)
        except Failure as failure:
            raise Failure(f"power cut after event {n} of {events}: "
                          f"{failure}") from None


@each("good", "pending", preload=True)
def after_the_report(scratch, how):
    """The run has ended and told; then the power goes."""
    powered = Powered(scratch, "site")
    with FastServer() as server:
        site = powered.site.point_at(server)
        if how == "pending":
            keep_out(server, 3)
        before = powered.run()
        check(before.exit == (7 if how == "pending" else 3), "the run:", before)
        powered.cut()
        server.open = True
        seen = len(server.log)
        after = site.run(*HASTE)
        audit.honest(after, server)
        check(after.ledger["unchanged"] >= before.ledger["accepted"],
              "what was reported accepted is not known any more:", before, after)
        known = {entry["hash"] for entry in server.log[:seen]}
        again = [entry for entry in server.log[seen:]
                 if entry["hash"] in known and entry["code"] == 200
                 and not entry["repeat"]]
        check(how == "pending" or not again, "sent again though accepted:", after)
        audit.converge(site, server, *HASTE, most=2)


def keep_out(server, after):
    """Only so many requests are served, the others are broken off."""
    serve_sync = server.serve_sync

    def serve(handler, body, digest, fault, turn):
        late = len({entry["hash"] for entry in server.log} | {digest}) > after
        return serve_sync(handler, body, digest, "reset" if late and
                          not server.open else fault, turn)
    server.open = False
    server.serve_sync = serve
