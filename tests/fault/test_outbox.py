"""What an earlier run has left pending goes first, byte for byte, whatever has
become of the export and of the mapping; and to the server that it was for."""
import json
import os
import pty
import subprocess

import audit
import rules
from faults import Fault, error, send
from kit import MAPPING, Site, check, each, test
from server import FastServer

HASTE = ["--retry-for", "1", "--timeout", "1", "--concurrency", "8"]
CALM = ["--retry-for", "20", "--timeout", "10", "--concurrency", "8"]
KINDS = ["500", "commit-then-reset", "hang"]


def leave(scratch, kind, rows=60, guilty=(7, 30), name="site"):
    """A site whose first run could deliver nothing, and its server."""
    site = Site(scratch / name, rows, guilty=guilty, invalid=[3])
    server = FastServer(faults=[Fault(kind, 1)]).start()
    site.point_at(server)
    result = site.run(*HASTE)
    check(result.exit == 7, "exit 7 was expected:", result)
    audit.honest(result, server)
    check(result.ledger["pending"] == rows - 1, "all should pend:", result)
    server.faults = []
    return site, server, result


def is_trial(server, entry):
    """A record alone of a batch that failed three times: it asks whether the
    server is well, and is no part of the batch."""
    return entry["records"] == 1 and set(entry["contents"]) <= server.excused


def pending_first(server, seen, result):
    """All bodies that have come already come again as they were, and before
    any other; what a refusal makes of them, their parts, goes with them."""
    known = {entry["hash"] for entry in server.log[:seen]
             if not is_trial(server, entry)}
    wholes = [set(entry["contents"]) for entry in server.log[:seen]]
    later = server.log[seen:]
    came = {entry["hash"] for entry in later}
    check(known <= came, f"{len(known - came)} bodies that were sent did not "
          "come again as they were:", result)
    new = [place for place, entry in enumerate(later)
           if not any(set(entry["contents"]) <= whole for whole in wholes)]
    last = max(place for place, entry in enumerate(later)
               if entry["hash"] in known)
    check(not new or last < min(new),
          "a new body came before what was pending:", result)


def change_export(site):
    site.age()


def change_mapping(site):
    """Every record has another field than before."""
    (site.folder / "kh.lua").write_text(MAPPING.replace(
        "fields = {", 'fields = {\n    Partner = "đối tác",'))
    record = site.record
    site.record = lambda i: {**record(i), "Partner": "đối tác"}


def change_order(site):
    """The same rows, the last first, and other batches."""
    site.people.reverse()
    rows = len(site.people) - 1
    site.guilty_rows = {rows - i for i in site.guilty_rows}
    site.invalid_rows = {rows - i for i in site.invalid_rows}
    site.batch = 7
    site.write()


def change_nothing(site):
    """The export of the run before."""


CHANGES = {"export": change_export, "mapping": change_mapping,
           "order": change_order, "nothing": change_nothing}


@each(*[(change, kind) for change in CHANGES for kind in KINDS])
def changed(scratch, change, kind):
    site, server, _ = leave(scratch, kind)
    try:
        seen = len(server.log)
        CHANGES[change](site)
        result = site.run(*CALM)
        check(result.exit == 3, "all but the bad rows should pass:", result)
        pending_first(server, seen, result)
        audit.honest(result, server)
        audit.converge(site, server, *CALM, most=2)
    finally:
        server.stop()


@each("resume", "run")
def there_and_back(scratch, command):
    """Accepted as A; B and A again are left pending. The server has answered
    A's bytes before and drops what repeats them; yet it is to hold A."""
    site = Site(scratch / "site", 30)
    with FastServer() as server:
        site.point_at(server)
        audit.converge(site, server, *CALM, most=1)
        server.faults = [Fault("500", 1)]
        for version in (1, 0):
            site.version = version
            site.write()
            result = site.run(*HASTE)
            check(result.exit == 7, "exit 7 was expected:", result)
        server.faults = []
        result = site.run(*CALM, command=command)
        check(result.exit == 0, "all should be accepted:", result)
        audit.honest(result, server)
        audit.same_store(site, server)


@each(*KINDS)
def resumed_without_input(scratch, kind):
    site, server, before = leave(scratch, kind)
    try:
        (site.folder / "kh.csv").unlink()
        seen = len(server.log)
        result = site.run(*CALM, command="resume")
        check(result.exit == 3, "the guilty ones are rejected: exit 3", result)
        audit.balance(result)
        pending_first(server, seen, result)
        sent = {key for entry in server.log[:seen] for key in entry["keys"]}
        good = sent - site.keys(site.guilty_rows)
        check(set(server.store) == good, f"{len(good - set(server.store))} are "
              "lost:", before, result)
        rejected = set(site.rejects())
        check(site.keys(site.guilty_rows) & sent <= rejected,
              f"rejects.csv holds only {sorted(rejected)}:", result)
        again = len(server.log)
        result = site.run(*CALM, command="resume")
        check(result.exit == 0, "nothing was left to be sent:", result)
        check(len(server.log) == again, "it sent all the same:", result)
        site.write()
        audit.converge(site, server, *CALM, most=2)
    finally:
        server.stop()


@test()
def another_server(scratch):
    """What pends for one server is not sent to another; it goes on pending."""
    site, server, _ = leave(scratch, "500")
    server.stop()
    with FastServer(seed=2) as other:
        site.point_at(other)
        result = site.run(*CALM, command="resume")
        check(not other.log, "sent to another server than it was for:", result)
        site.age()
        audit.converge(site, other, *CALM, most=2)
        stale = [key for key, record in other.store.items()
                 if record["Description"].endswith(" 0")]
        check(not stale, f"the other server got old records: {stale[:5]}")
    server.start()
    try:
        site.point_at(server)
        audit.converge(site, server, *CALM, most=3)
    finally:
        server.stop()


@test()
def told(scratch):
    """status and explain know what is pending, and what became of it."""
    site, server, before = leave(scratch, "500")
    try:
        status = site.run(command="status")
        check(status.exit == 0, "status:", status)
        check(f'"pending":{before.ledger["pending"]}' in
              json.dumps(status.json, separators=(",", ":")),
              f"status does not say {before.ledger['pending']} pending:", status)
        audit.converge(site, server, *CALM, most=3)
        for code, word in (("KH00000", "accepted"), ("KH00007", "not accepted"),
                           ("KH00003", "Status")):
            said = site.explain(code)
            check(said.exit == 0, f"explain {code}:", said)
            check(word in said.out, f"explain {code} does not say {word}:", said)
    finally:
        server.stop()


@test()
def guilty_words(scratch):
    """A record that pends and is refused later has its own row and words."""
    site, server, _ = leave(scratch, "commit-then-500", guilty=[])
    try:
        site.guilty_rows = {12}
        server.refuse = lambda record: record["CustomerCode"] == "KH00012" and \
            "Customer KH00012 is on a list"
        site.age()
        site.record = lambda i: {**site.people[i], "Description": "ghi chú 1"}
        site.write()
        server.store.pop("KH00012", None)
        result = site.run(*CALM)
        check(result.exit == 3, "one is refused:", result)
        reason = site.rejects().get("KH00012", ("nothing", {}))[0]
        check("on a list" in reason, f"rejects.csv says {reason!r}:", result)
        server.refuse = rules.guilty
        site.guilty_rows = set()
        audit.converge(site, server, *CALM, most=2)
    finally:
        server.stop()


@test()
def discard_all_or_none(scratch):
    """A disk that is full half-way through: nothing has left the outbox."""
    site = Site(scratch / "site", 6000, batch=1000)
    with FastServer(faults=[Fault("500", 1)]) as server:
        site.point_at(server)
        pending = site.run(*HASTE).ledger["pending"]
        check(pending > 2000, f"only {pending} records are pending")
        result = site.run("--yes", "--rejects", "/dev/full", command="discard")
        check(result.exit == 1, "the rejects cannot be written:", result)
        server.faults = []
        result = site.run(*CALM, command="resume")
        check(result.json["resumed"]["accepted"] == pending, "some have left:",
              result)


def prompted(site, words):
    """`discard` at a terminal that has not answered yet: the process, and the
    terminal's other end."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        site.command(*words, command="discard"), cwd=site.folder,
        env=site.full_environment({}), stdin=theirs, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE)
    os.close(theirs)
    said = b""
    while not said.endswith(b"[y/N] "):
        more = process.stderr.read1(1000)
        check(more, f"discard does not ask: {said.decode()}")
        said += more
    return process, ours


def answered(site, process, terminal, word):
    os.write(terminal, word)
    try:
        return site.finish(process)
    finally:
        os.close(terminal)


@test()
def discard_asks(scratch):
    """The outbox is free while a person thinks; what was delivered meanwhile
    is not discarded, and an answer other than yes changes nothing."""
    site, server, before = leave(scratch, "500", guilty=[])
    try:
        pending = before.ledger["pending"]
        result = answered(site, *prompted(site, []), b"no\n")
        check(result.exit == 2 and "nothing was discarded" in result.err,
              "no is no:", result)
        process, terminal = prompted(site, ["KH00012"])
        result = site.run(*CALM, command="resume")
        check(result.exit == 0, "a run while it asks:", result)
        check(result.json["resumed"]["accepted"] == pending, "lost:", result)
        result = answered(site, process, terminal, b"y\n")
        check(result.exit == 9 and "by now" in result.err,
              "what was agreed to is gone:", result)
        server.faults = [Fault("500", 1)]
        site.age()
        site.run(*HASTE)
        result = answered(site, *prompted(site, ["KH00012"]), b"y\n")
        check(result.exit == 0 and result.json["discarded"] == 1,
              "yes is yes:", result)
        check("KH00012" in site.rejects(), "it has no row:", result)
    finally:
        server.stop()


@test()
def guard_leaves_the_older(scratch):
    """A newer version of a record that the server fails at is held by a guard:
    the older one goes on pending, and is delivered."""
    site = Site(scratch / "site", 1, batch=5000)
    with FastServer(faults=[Fault("500", 1)]) as server:
        site.point_at(server)
        result = site.run(*HASTE)
        check(result.ledger["pending"] == 1, "it should pend:", result)
        site.people += [site.person(i) for i in range(1, 12000)]
        site.invalid_rows = set(range(2500, 12000))
        site.age()
        result = site.run(*HASTE, "-q")
        check(result.exit == 8, "too many are rejected: exit 8", result)
        check(result.json["resumed"]["pending"] == 1, "it is lost:", result)
        server.faults = []
        result = site.run(*CALM, command="resume")
        check(result.exit == 0 and set(server.store) == {"KH00000"},
              "the older version was not delivered:", result)


class Choosy(FastServer):
    """Fails at older versions of what begins with P, times out on U."""

    def serve_sync(self, handler, body, digest, fault, turn):
        for record in rules.parse(body)["data"]:
            code, older = record["CustomerCode"], record["CustomerName"] == "old"
            status = 500 if code[0] == "P" and older else 504 if code[0] == "U" \
                else None
            if status:
                send(handler.connection, error(status, status, "no"))
                return True
        return super().serve_sync(handler, body, digest, fault, turn)


@test()
def guard_leaves_the_older_beside_others(scratch):
    """The batch of those that wait is full before the newer version's own
    batch, and the guard is content with the first rows: the older one is still
    all that there is of it."""
    site = Site(scratch / "site", 0, batch=2)

    def export(rows, beside=""):
        lines = ["Mã;Tên;Ảnh",
                 *(f"{code};{name};{beside}" for code, name in rows)]
        (site.folder / "kh.csv").write_text("\n".join(lines) + "\n")

    (site.folder / "kh.lua").write_text(
        'local fast = require "fastsync"\nlocal col = fast.col\n'
        'return fast.setCustomer { source = "kh.csv", fields = {\n'
        '    CustomerCode = col "Mã", CustomerName = col "Tên", Status = 1 } }\n')
    with Choosy() as server:
        site.point_at(server)
        good = [(f"G{i}", "n") for i in range(1200)]
        export(good)
        site.run(*CALM)
        export([("P1", "old")])
        site.run(*HASTE, "--max-shrink", "100%")
        export([(f"U{i}", "a") for i in range(3)])
        site.run(*HASTE, "--max-shrink", "100%")
        export([("P1", "new"), *((f"U{i}", "b") for i in range(3)), *good,
                *(("", "bad") for _ in range(2500))], beside="x" * 6000)
        result = site.run(*HASTE, "--max-shrink", "100%", "-q")
        check(result.exit == 8, "too many are rejected: exit 8", result)
        check(result.json["resumed"]["pending"] == 4, "one is lost:", result)
