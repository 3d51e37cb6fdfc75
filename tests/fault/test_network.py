"""A bad network between the program and the server: what breaks off in the
middle of a request or of an answer, half-closed connections, latency, a narrow
line, a cable that is pulled. In the end the server holds exactly what it
should, and nothing was stored twice."""
import threading
import time

import audit
from faults import error
from kit import Site, check, each, test
from proxy import Proxy
from server import FastServer

PATIENT = ["--retry-for", "30", "--timeout", "2", "--concurrency", "6"]

# name: what the network is like, rows, batch
NETWORKS = {
    "loss": (dict(loss=0.5), 400, 10),
    "much-loss": (dict(loss=0.9, most=8000), 200, 10),
    "half-closed": (dict(loss=0.4, half_closed=True), 200, 10),
    "latency": (dict(latency=0.03), 300, 20),
    "latency-and-loss": (dict(latency=0.02, loss=0.3), 300, 10),
    "narrow": (dict(rate=60000, loss=0.4), 200, 20),
}


@each(*NETWORKS)
def network(scratch, which):
    how, rows, batch = NETWORKS[which]
    site = Site(scratch / "site", rows, guilty=[rows // 2], invalid=[5],
                batch=batch)
    with FastServer() as server, \
            Proxy(server.port, seed=len(which), **how) as proxy:
        site.point_at(server)
        site.environment["FASTSYNC_URL"] = proxy.url
        audit.converge(site, server, *PATIENT)
        check(not how.get("loss") or proxy.broken > 0,
              f"of {proxy.connections} connections none broke off: the test "
              "has tested nothing")


@test()
def cable_pulled(scratch):
    """For a second and a half, in the middle of a run."""
    site = Site(scratch / "site", 400, guilty=[77], batch=10)
    with FastServer().hold(9) as server, Proxy(server.port) as proxy:
        site.point_at(server)
        site.environment["FASTSYNC_URL"] = proxy.url
        process = site.start(*PATIENT)
        while len(server.log) < 10:
            time.sleep(0.005)
        proxy.pass_on = False
        proxy.cut()
        server.release()
        threading.Timer(1.5, setattr, (proxy, "pass_on", True)).start()
        result = site.finish(process)
        check(result.exit == 3, "the run should get over it:", result)
        audit.honest(result, server)
        audit.converge(site, server, *PATIENT, most=2)


@test()
def adapts(scratch):
    """A server that is too busy for more than two at once: the run slows down
    instead of going on at full strength."""
    site = Site(scratch / "site", 600, batch=5)
    with FastServer(latency=0.01) as server:
        hold_below(server, 2)
        site.point_at(server)
        result = site.run("--retry-for", "60", "--concurrency", "16")
        audit.honest(result, server)
        check(result.exit == 0, "all should be accepted:", result)
        audit.same_store(site, server)
        refused = server.counts.get("too busy", 0)
        check(refused < 120, f"{refused} requests were answered 429", result)


def hold_below(server, most):
    """429 for what comes while `most` are in flight."""
    carry_out = server.carry_out

    def limited(handler, body, entry):
        if server.now_flying > most:
            server.count("too busy")
            entry["code"] = 429
            return error(429, 429, "too many requests")
        return carry_out(handler, body, entry)
    server.carry_out = limited
