"""Answers as servers send them: a code in a body is what it is as a status;
what a server says before its first token, in its own letters, or packed."""
import gzip
import json
import zlib

import audit
import faults
from faults import Answer, Fault, error
from kit import Site, check, each, test
from server import FastServer

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
    with FastServer() as server:
        site.point_at(server)
        play(server, lambda good: error(200, 413, "too large"), times=1)
        result = site.run(*PATIENT)
        check(result.delivery["splits"] >= 1, "in smaller parts:", result)
        audit.converge(site, server, *PATIENT)
