"""Answers as servers send them: a code in a body is what it is as a status;
what a server says before its first token, in its own letters, or packed."""
import gzip
import os
import json
import threading
import time
import zlib
from email.utils import formatdate

import audit
import faults
from faults import Answer, Fault, error
from kit import Site, check, each, test
from server import FastServer, free_port
from shim import Shim

HASTE = ["--retry-for", "3", "--timeout", "5", "--concurrency", "4"]
PATIENT = ["--retry-for", "60", "--timeout", "5", "--concurrency", "4"]


def play(server, answer, call="SyncData", times=None):
    """Every request of this call is struck; or the first so many."""
    struck = []

    def one(server, turn, good):
        struck.append(turn)
        if times is not None and len(struck) > times:
            return good
        return answer(good)
    faults.KINDS["own"] = (times is not None, one)
    server.faults = [Fault("own", 1, call)]
    return struck


def site_of(scratch, rows=40):
    return Site(scratch / "site", rows, guilty=[7], invalid=[3])


# Codes in a body.

@each(408, 423, 425, 429, 500, 502, 503, 504)
def code_tried_again(scratch, code):
    """With HTTP 200 in front: none of the records is at fault."""
    site = site_of(scratch)
    with FastServer() as server:
        site.point_at(server)
        play(server, lambda good: error(200, code, "not now"))
        result = site.run(*HASTE)
        check(result.exit == 7, "exit 7 was expected:", result)
        check(result.ledger["rejected"] == 1, "rejected by a code:", result)
        check(len(server.log) < 40, f"{len(server.log)} requests:", result)
        check(str(code) in result.err, "the code is not said:", result)
        server.faults = []
        audit.converge(site, server, *PATIENT)


@each(429, 503)
def code_asks_for_a_wait(scratch, code):
    """Retry-After beside it counts as beside a status, and for all."""
    site = site_of(scratch)
    with FastServer() as server:
        site.point_at(server)
        play(server, lambda good: error(200, code, "wait",
                                        **{"Retry-After": "2"}), times=1)
        result = site.run(*PATIENT, "--concurrency", 1)
        check(result.exit == 3, "exit 3 was expected:", result)
        waited = server.log[1]["time"] - server.log[0]["time"]
        check(waited >= 1.9, f"asked again after {waited:.1f} s:", result)


@each(403, 404, 405, 407)
def code_of_the_configuration(scratch, code):
    """Stops at once: nothing else would pass, and no record is at fault."""
    site = site_of(scratch)
    with FastServer() as server:
        site.point_at(server)
        play(server, lambda good: error(200, code, "no"))
        result = site.run(*HASTE, "--concurrency", 1)
        check(result.exit == (6 if code == 403 else 2), "its exit:", result)
        check(len(server.log) == 1, f"{len(server.log)} requests:", result)
        check(not site.rejects().keys() - site.bad_keys, "rejected:", result)
        server.faults = []
        audit.converge(site, server, *PATIENT)


@test()
def code_too_large(scratch):
    site = site_of(scratch)
    with FastServer(max_records=5) as server:
        site.point_at(server)
        play(server, lambda good: good._replace(status=200), times=99)
        result = site.run(*PATIENT)
        check(result.delivery["splits"] >= 1, "in smaller parts:", result)
        audit.converge(site, server, *PATIENT)


# Before the first token.

PAGE = b"<!DOCTYPE html><html><body><h1>Service Unavailable</h1></body></html>"
AWAY = {
    "page-503": Answer(503, {}, PAGE),
    "page-502": Answer(502, {}, b"\xef\xbb\xbf \r\n" + PAGE),
    "page-500": Answer(500, {}, PAGE),
    "page-429": Answer(429, {"Retry-After": "1"}, PAGE),
    "page-408": Answer(408, {}, PAGE),
    "text-503": Answer(503, {}, b"upstream connect error"),
    "empty-504": Answer(504, {}, b""),
    "json-503": error(503, 503, "maintenance"),
    "code-503": error(200, 503, "maintenance"),
    "code-429": error(200, 429, "too many"),
}


@each(*AWAY)
def before_the_first_token(scratch, which):
    """Twice so, then as ever: the run is as good as any."""
    site = site_of(scratch)
    with FastServer() as server:
        site.point_at(server)
        play(server, lambda good: AWAY[which], "getToken", times=2)
        result = site.run("--timeout", "5")
        check(result.exit == 3, "all should be there but the bad:", result)
        audit.honest(result, server)
        audit.same_store(site, server)


@each("page-503", "empty-504", "code-429")
def no_first_token(scratch, which):
    """For as long as retry_for says; then it is the server's doing, 7."""
    site = site_of(scratch)
    with FastServer() as server:
        site.point_at(server)
        play(server, lambda good: AWAY[which], "getToken")
        result = site.run(*HASTE)
        check(result.exit == 7, "exit 7 was expected:", result)
        check("given up after 3 s" in result.err, "not so said:", result)
        check(not server.log, "sent without a token:", result)
        server.faults = []
        audit.converge(site, server, *PATIENT)


@test()
def no_first_token_for_an_hour(scratch):
    """A wait beyond retry_for is not waited for, and is not said to be."""
    site = site_of(scratch)
    with FastServer() as server:
        site.point_at(server)
        away = Answer(503, {"Retry-After": "3600"}, PAGE)
        play(server, lambda good: away, "getToken")
        result = site.run("--retry-for", 60)
        check(result.exit == 7 and result.seconds < 30, "at once:", result)
        check("given up after 0 s, as it asks for a longer wait" in result.err,
              "not so said:", result)


@test()
def another_site(scratch):
    """A page with 200 in front is no server that is away: check url."""
    site = site_of(scratch)
    with FastServer() as server:
        site.point_at(server)
        struck = play(server, lambda good: Answer(200, {}, PAGE), "getToken")
        result = site.run("--retry-for", 60)
        check(result.exit == 2 and len(struck) == 1, "at once:", result)
        check("a web page came back (HTTP 200)" in result.err, "said:", result)


def first_contact(scratch, hours, *options):
    """Nobody listens until so much simulated time has passed."""
    site = site_of(scratch)
    shim = Shim(site)
    server = FastServer(port=free_port(), clock=shim.now)
    site.point_at(server)
    began = shim.now()

    def come():
        while shim.now() - began < hours * 3600:
            time.sleep(0.001)
        server.start()
    threading.Thread(target=come, daemon=True).start()
    try:
        result = site.run(*options, extra=shim.environment(CLOCK=1))
        return result, shim.now() - began
    finally:
        server.stop()


@test(preload=True)
def nobody_there_at_first(scratch):
    """The limit of its own is none where retry_for says how long."""
    result, _ = first_contact(scratch, 2, "--retry-for", 4 * 3600)
    check(result.exit == 3, "it has come in time:", result)


@test(preload=True)
def nobody_there_by_default(scratch):
    """A mistake in url is said soon."""
    result, spent = first_contact(scratch, 2)
    check(result.exit == 7 and spent < 60, f"after {spent:.0f} s:", result)
    check("given up after 15 s" in result.err, "not so said:", result)


# Retry-After as a date.

def dated(now, wait):
    """From a server whose clock says `now`."""
    headers = {"Date": formatdate(now, usegmt=True),
               "Retry-After": formatdate(now + wait, usegmt=True)}
    return Answer(503, headers, b"busy")


@each(-86400, -600, 600, 86400 * 365)
def date_of_another_clock(scratch, behind):
    """Two seconds are two seconds, whatever the server takes the time for."""
    site = site_of(scratch)
    with FastServer() as server:
        site.point_at(server)
        play(server, lambda good: dated(int(time.time()) + behind, 2), times=1)
        result = site.run(*PATIENT, "--concurrency", 1)
        check(result.exit == 3, "exit 3 was expected:", result)
        waited = server.log[1]["time"] - server.log[0]["time"]
        check(1.9 <= waited < 20, f"asked again after {waited:.1f} s:", result)


@test()
def date_before_the_first_token(scratch):
    site = site_of(scratch)
    with FastServer() as server:
        site.point_at(server)
        play(server, lambda good: dated(int(time.time()) - 86400, 2),
             "getToken", times=1)
        began = time.time()
        result = site.run(*PATIENT)
        check(result.exit == 3, "exit 3 was expected:", result)
        check(server.log[0]["time"] - began >= 1.9, "not waited for:", result)


@test()
def date_of_an_interim_answer(scratch):
    """Early hints have a Date and a Retry-After, of which none counts."""
    site = site_of(scratch)
    with FastServer() as server:
        site.point_at(server)
        wire = faults.wire

        def hinted(answer):
            hint = "HTTP/1.1 103 Early Hints\r\nRetry-After: 5000\r\n" \
                   "Date: Mon, 05 Jan 1998 10:00:00 GMT\r\n\r\n"
            return hint.encode() + wire(answer)
        faults.wire = hinted
        play(server, lambda good: Answer(503, {}, b""), times=1)
        result = site.run(*PATIENT, "--concurrency", 1)
        check(result.exit == 3, "exit 3 was expected:", result)
        check(result.seconds < 20, "it has waited for the hint's:", result)


# Packed answers, that nobody has asked for.

def raw_deflate(data):
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


PACKED = {
    "gzip": ("gzip", gzip.compress),
    "x-gzip": ("x-gzip", gzip.compress),
    "deflate": ("deflate", zlib.compress),
    "raw-deflate": ("deflate", raw_deflate),
    "twice": ("gzip, gzip", lambda data: gzip.compress(gzip.compress(data))),
    "not-so": ("gzip", lambda data: data),
    "no-coding": ("utf-8", lambda data: data),
    "identity": ("identity", lambda data: data),
}


def pack(answer, which):
    coding, packer = PACKED[which]
    headers = {**answer.headers, "Content-Encoding": coding}
    return answer._replace(headers=headers, body=packer(answer.body))


def all_packed(server, which):
    """All that it says, of whatever call."""
    for name in ("get_token", "sync", "get_data"):
        def packed(*arguments, call=getattr(server, name)):
            return pack(call(*arguments), which)
        setattr(server, name, packed)


@each(*PACKED)
def packed(scratch, which):
    site = site_of(scratch)
    with FastServer() as server:
        site.point_at(server)
        asked = []
        token = server.get_token

        def listen(handler, body):
            asked.append(handler.headers.get("Accept-Encoding"))
            return token(handler, body)
        server.get_token = listen
        all_packed(server, which)
        result = site.run(*PATIENT)
        check(result.exit == 3, "all should be there but the bad:", result)
        check(set(asked) == {None}, f"asked for {asked}", result)
        audit.honest(result, server)
        audit.same_store(site, server)
        audit.same_rejects(site, result)
        check("is not accepted" in site.rejects()["KH00007"][0],
              "the server's words:", site.rejects()["KH00007"][0])
        result = site.run(command="verify")
        check(result.exit == 0, "verify reads them, too:", result)


def packed_zeros(count):
    packer = zlib.compressobj(9, wbits=31)
    return b"".join([packer.compress(b"0" * 2**20) for _ in range(count)] +
                    [packer.flush()])


@each("getToken", "SyncData")
def packed_bomb(scratch, call):
    """A GiB in a MiB, and more is not taken than of any other answer."""
    site = site_of(scratch)
    bomb = Answer(200, {"Content-Encoding": "gzip"}, packed_zeros(1024))
    with FastServer() as server:
        site.point_at(server)
        play(server, lambda good: bomb, call)
        # A sanitizer's own memory is beyond any bound.
        bound = [] if "ASAN_OPTIONS" in os.environ else \
            ["prlimit", "--data=400000000"]
        result = site.finish(site.popen(bound + site.command(*HASTE), {}))
        check(result.exit in (2, 7), "refused or pending:", result)
        said = "the answer is " + ("larger than 1 MiB" if call == "getToken"
                                   else "too long")
        check(said in result.err, "not so said:", result)
        audit.honest(result, server)


@test()
def packed_and_cut(scratch):
    """Half of a packed answer is no answer."""
    site = site_of(scratch)
    with FastServer() as server:
        site.point_at(server)

        def half(good):
            whole = pack(good, "gzip")
            return whole._replace(body=whole.body[:len(whole.body) // 2])
        play(server, half, times=3)
        result = site.run(*PATIENT)
        audit.honest(result, server)
        audit.converge(site, server, *PATIENT)


# A token refused right after it was given.

class Forgetful:
    """Servers behind one address: a token is known to the one that gave it,
    and to the others only a while later, or never."""

    def __init__(self, server, known):
        self.server, self.known, self.refused = server, known, []
        self.authorised = server.authorised
        server.authorised = self.ask

    def ask(self, handler):
        token = self.server.token_of(handler)
        number = list(self.server.tokens).index(token) + 1
        if self.authorised(handler) and self.known(number):
            return True
        self.refused.append(number)
        return False


def gaps(server):
    log = server.token_log
    return [later - one for one, later in zip(log, log[1:])]


@each(1, 2, 3)
def token_refused_at_first(scratch, times):
    """So many tokens are refused as soon as they are given; the next is good.
    Each is asked for a little later than the one before."""
    site = site_of(scratch)
    with FastServer() as server:
        site.point_at(server)
        Forgetful(server, lambda number: number > times)
        result = site.run(*PATIENT)
        check(result.exit == 3, "all should be there but the bad:", result)
        audit.honest(result, server)
        audit.same_store(site, server)
        waits = gaps(server)
        check(len(waits) == times, f"{len(waits) + 1} tokens:", result)
        check(all(wait >= 0.4 for wait in waits), f"hasty: {waits}", result)
        check(waits == sorted(waits), f"not growing: {waits}", result)


@test()
def token_refused_for_ever(scratch):
    """Three times anew, and then it is the credentials, 6."""
    site = site_of(scratch)
    with FastServer() as server:
        site.point_at(server)
        Forgetful(server, lambda number: False)
        result = site.run(*PATIENT)
        check(result.exit == 6, "exit 6 was expected:", result)
        check(len(server.token_log) == 4, f"{len(server.token_log)} tokens",
              result)
        check("has just given" in result.err, "not so said:", result)
        check(not server.store, "stored without a token", result)
    with FastServer() as server:
        audit.converge(site.point_at(server), server, *PATIENT)


@test()
def token_counted_anew(scratch):
    """Every fourth token alone is known, and serves six requests: what is
    accepted starts the count anew, however many are refused in all."""
    site = site_of(scratch, rows=60)
    served = {}

    def known(number):
        served[number] = served.get(number, 0) + 1
        return number % 4 == 0 and served[number] <= 6
    with FastServer() as server:
        site.point_at(server)
        forgetful = Forgetful(server, known)
        result = site.run(*PATIENT, "--concurrency", 1)
        check(result.exit == 3, "all should be there but the bad:", result)
        audit.same_store(site, server)
        check(len(set(forgetful.refused)) > 5, "too few were refused:", result)


@test()
def token_refused_to_verify(scratch):
    """What is waited for, or read back, has the same patience."""
    site = site_of(scratch)
    with FastServer() as server:
        site.point_at(server)
        audit.converge(site, server, *PATIENT)
        before = len(server.tokens)
        Forgetful(server, lambda number: number > before + 3)
        result = site.run(command="verify")
        check(result.exit == 0, "all that was accepted is there:", result)


@test()
def token_ends_as_agreed(scratch):
    """One that was taken, and is refused later, is renewed at once."""
    site = site_of(scratch, rows=60)
    served = {}

    def known(number):
        served[number] = served.get(number, 0) + 1
        return served[number] <= 2
    with FastServer() as server:
        site.point_at(server)
        Forgetful(server, known)
        result = site.run(*PATIENT, "--concurrency", 1)
        check(result.exit == 3, "all should be there but the bad:", result)
        check(min(gaps(server)) < 0.4, "waited for nothing:", result)
