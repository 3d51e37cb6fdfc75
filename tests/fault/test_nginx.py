"""A real nginx between the program and the server: TLS with an authority of
our own, HTTP/2, and what a reverse proxy answers by itself: 502, 504, 413."""
import threading
import time
from contextlib import contextmanager

import audit
from faults import Fault
from kit import Sandbox, Site, check, each, test
from nginx import Nginx, authority
from server import FastServer, free_port

PATIENT = ["--retry-for", "20", "--timeout", "10", "--concurrency", "4"]


@contextmanager
def behind(scratch, rows=100, guilty=(30,), batch=10, options={}, **how):
    """A site, a server, and nginx between them."""
    site = Site(scratch / "site", rows, guilty=guilty, invalid=[5], batch=batch)
    with FastServer(**options) as server, \
            Nginx(scratch / "nginx", server.port, **how) as nginx:
        site.point_at(server)
        trust(site, nginx, nginx.ca_file)
        yield site, server, nginx


def trust(site, nginx, ca_file):
    """ca_file comes from where the password does."""
    site.environment["FASTSYNC_CA_FILE"] = str(ca_file or "")
    site.environment["FASTSYNC_URL"] = nginx.url


def refused(site, server, result, *words):
    """Nothing is sent to a server that is not known for certain."""
    check(result.exit == 2, "exit 2 was expected:", result)
    check(not server.log and not server.token_log, "it was asked all the same:",
          result)
    check(any(word in result.err.lower() for word in words),
          f"the message says none of {words}:", result)


@test()
def tls_and_http2(scratch):
    with behind(scratch, rows=300) as (site, server, nginx):
        audit.converge(site, server, *PATIENT, most=1)
        spoken = {protocol for protocol, _, _ in nginx.seen()}
        check(spoken == {"HTTP/2.0"}, f"nginx has seen {spoken}")


@test()
def tls_to_the_sandbox(scratch):
    site = Site(scratch / "site", 100, invalid=[5])
    with Sandbox(site.folder, free_port()).start() as sandbox, \
            Nginx(scratch / "nginx", sandbox.port) as nginx:
        site.point_at(sandbox)
        trust(site, nginx, nginx.ca_file)
        audit.converge(site, sandbox, *PATIENT, most=1)


@each("unknown", "another", "other-name")
def certificate_refused(scratch, which):
    how = {"address": "127.0.0.2"} if which == "other-name" else {}
    with behind(scratch, **how) as (site, server, nginx):
        ca_file = nginx.ca_file
        if which == "unknown":
            ca_file = None
        elif which == "another":
            ca_file = authority(nginx.folder, "another")
        trust(site, nginx, ca_file)
        result = site.run(*PATIENT)
        refused(site, server, result, "certificate", "ca_file")


@test()
def authority_unreadable(scratch):
    with behind(scratch) as (site, server, nginx):
        trust(site, nginx, site.folder / "none.crt")
        refused(site, server, site.run(*PATIENT), "ca_file", "none.crt")


@test()
def old_tls_refused(scratch):
    """TLS below 1.2 is no TLS; the server may be mended, so it is tried."""
    with behind(scratch, protocols="TLSv1.1") as (site, server, nginx):
        result = site.run("--retry-for", "1", "--timeout", "5")
        check(result.exit in (2, 7), "exit 2 or 7 was expected:", result)
        check(not server.log and not server.token_log, "asked all the same:",
              result)


@test()
def bad_gateway(scratch):
    """502 while the server behind is away for a second and a half."""
    with behind(scratch, rows=300) as (site, server, nginx):
        server.hold(7)
        process = site.start(*PATIENT)
        while len(server.log) < 8:
            time.sleep(0.005)
        server.stop()
        server.release()
        threading.Timer(1.5, server.start).start()
        result = site.finish(process)
        check(result.exit == 3, "the run should get over it:", result)
        audit.honest(result, server)
        audit.converge(site, server, *PATIENT, most=2)
        check(any(status == 502 for _, status, _ in nginx.seen()),
              "nginx has never said 502: the test has tested nothing")


@test()
def body_too_large(scratch):
    """413 with nginx's own web page: halved, without blame."""
    with behind(scratch, rows=300, batch=300, body="20k") as parts:
        site, server, nginx = parts
        audit.converge(site, server, *PATIENT, most=1)
        check(any(status == 413 for _, status, _ in nginx.seen()),
              "nginx has never said 413: the test has tested nothing")


@test()
def slow_upstream(scratch):
    """504 after a second; the server may have stored the batch by then."""
    with behind(scratch, patience="1s") as (site, server, nginx):
        slow = threading.Event()
        keep = server.carry_out

        def late(handler, body, entry):
            answer = keep(handler, body, entry)
            if len(server.log) in (3, 4, 5) and not slow.is_set():
                slow.set()
                entry["late"] = True
            return answer
        server.carry_out = late
        delay(server)
        result = site.run(*PATIENT)
        check(result.exit == 3, "the run should get over it:", result)
        audit.honest(result, server)
        audit.converge(site, server, *PATIENT, most=2)
        check(any(status == 504 for _, status, _ in nginx.seen()),
              "nginx has never said 504: the test has tested nothing")


def delay(server):
    """An answer that is marked late comes two seconds late."""
    land = server.touch_down

    def touch_down(entry):
        land(entry)
        if entry.get("late"):
            time.sleep(2)
    server.touch_down = touch_down


@test()
def faults_behind(scratch):
    """What a server does to nginx, nginx turns into something of its own."""
    played = [Fault(kind, 0.06) for kind in
              ("500", "503", "reset", "truncate", "commit-then-reset")]
    options = {"faults": played, "gateway": True}
    with behind(scratch, rows=300, options=options) as (site, server, _):
        audit.converge(site, server, *PATIENT)
