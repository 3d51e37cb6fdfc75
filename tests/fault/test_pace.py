"""Not faster than was asked for: --rate, retries included; not more at once
than --concurrency; Retry-After holds for everybody; a server that takes nothing
is not hammered, and that is said."""
import time

import audit
import faults
from faults import Answer, Fault
from kit import Site, check, each, test
from server import FastServer


def fastest(log, seconds):
    """Records that came within the busiest such window."""
    times = sorted((entry["time"], entry["records"]) for entry in log)
    best = 0
    for first, (begin, _) in enumerate(times):
        window = [n for at, n in times[first:] if at < begin + seconds]
        best = max(best, sum(window))
    return best


def ahead(server, rate):
    """Records that had come at any time beyond those allowed until then. It is
    reckoned from the token on, as a machine that is busy can only hold them
    back: that two come together proves nothing."""
    came = most = 0
    for entry in sorted(server.log, key=lambda entry: entry["time"]):
        came += entry["records"]
        allowed = rate * (entry["time"] - server.token_log[0])
        most = max(most, came - allowed)
    return most


@each("plain", "retries")
def rate(scratch, how):
    """200 records a second, in batches of ten, and a batch or two ahead."""
    site = Site(scratch / "site", 400, batch=10)
    played = [Fault("500", 0.3)] if how == "retries" else []
    with FastServer(faults=played) as server:
        site.point_at(server)
        result = site.run("--rate", 200, "--retry-for", 60, "--concurrency", 8)
        check(result.exit == 0, "all should be accepted:", result)
        audit.honest(result, server)
        most = ahead(server, 200)
        check(most <= 40, f"{most:.0f} records more than were allowed:", result)
        most = fastest(server.log, 1.0)
        check(most >= 20, f"only {most} records within a second:", result)


@each(1, 3)
def at_once(scratch, most):
    site = Site(scratch / "site", 200, guilty=[7, 70], batch=5)
    with FastServer(faults=[Fault("500", 0.1)]).hold() as server:
        site.point_at(server)
        process = site.start("--concurrency", most, "--retry-for", 60)
        until = time.monotonic() + 60
        while server.now_flying < most and time.monotonic() < until:
            time.sleep(0.005)
        server.latency = 0.02
        server.release()
        result = site.finish(process)
        check(result.exit == 3, "exit 3 was expected:", result)
        check(server.most_flying <= most, f"{server.most_flying} requests at "
              f"once, {most} were allowed:", result)
        check(server.most_flying == most, "the server saw only "
              f"{server.most_flying} at once:", result)
        audit.same_store(site, server)


def slow_down(server, seconds, asked):
    """The third request is answered 429; `asked` takes down when."""
    serve_sync = server.serve_sync
    faults.KINDS["slow-down"] = (False, lambda s, t, a: Answer(
        429, {"Retry-After": str(seconds)}, b""))

    def serve(handler, body, digest, fault, turn):
        if len(server.log) == 2:
            asked.append(server.clock())
            fault = "slow-down"
        return serve_sync(handler, body, digest, fault, turn)
    server.serve_sync = serve


@test()
def retry_after_for_all(scratch):
    """A 429 that names two seconds: nobody comes before they are over."""
    site = Site(scratch / "site", 100, batch=5)
    asked = []
    with FastServer(latency=0.02) as server:
        slow_down(server, 2, asked)
        site.point_at(server)
        result = site.run("--retry-for", 60, "--concurrency", 2)
        check(result.exit == 0, "all should be accepted:", result)
        audit.same_store(site, server)
        after = [entry["time"] - asked[0] for entry in server.log[3:]]
        # One is on its way, and one may go before the answer has come.
        soon = [seconds for seconds in after if seconds <= 0.5]
        check(len(soon) <= 2, f"requests came {soon[:5]} s after it:", result)
        early = [seconds for seconds in after if 0.5 < seconds < 1.95]
        check(not early, f"requests came {early[:5]} s after it:", result)


@each("500", "reset", "commit-then-reset")
def all_fails(scratch, kind):
    """A circuit opens: few requests, and the reason on standard error."""
    site = Site(scratch / "site", 1000, batch=5)
    with FastServer(faults=[Fault(kind, 1)]) as server:
        site.point_at(server)
        result = site.run("--retry-for", 8, "--concurrency", 16)
        check(result.exit == 7, "exit 7 was expected:", result)
        audit.honest(result, server)
        check(len(server.log) < 100, f"{len(server.log)} requests in 8 s to a "
              "server that takes none:", result)
        check(result.ledger["pending"] == 1000, "all is pending:", result)
        server.faults = []
        audit.converge(site, server, "--retry-for", 20)
