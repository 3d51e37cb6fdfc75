"""Bad records found in their batch: how many requests it takes, that exactly
they are rejected with the server's own words, and that they are due again."""
import random

import audit
from faults import Fault
from kit import Site, check, each, test
from server import FastServer

QUICKLY = ["--retry-for", "5", "--timeout", "5"]


def deliver(site, server, most):
    """One run; `most`: requests beyond the first one of each batch."""
    site.point_at(server)
    result = site.run(*QUICKLY)
    batches = -(-(len(site.people) - len(site.invalid_rows)) // site.batch)
    further = len(server.log) - batches
    audit.honest(result, server)
    audit.same_store(site, server)
    audit.same_rejects(site, result)
    audit.no_breach(site, server)
    check(result.exit == (3 if site.bad_keys else 0), "wrong exit code:", result)
    check(further <= most, f"{further} further requests, at most {most}:",
          result)
    check(result.delivery["requests"] == len(server.log),
          f"the server saw {len(server.log)} requests:", result)
    return result


def own_words(site):
    """Every guilty row has the message that its own record got."""
    for code, (reason, row) in site.rejects().items():
        if code in site.keys(site.guilty_rows):
            check(f"Customer {code} is not accepted" in reason,
                  f"{code} is rejected with another record's words: {reason}")
            line = int(row["_line"])
            check(line == 2 + int(code[2:]), f"{code}: _line is {line}")


def due_again(site, server):
    """The next run sends the guilty ones again, and nothing else."""
    seen = len(server.log)
    result = site.run(*QUICKLY)
    sent = {key for entry in server.log[seen:] for key in entry["keys"]}
    guilty = site.keys(site.guilty_rows)
    check(sent == guilty, f"the next run sent {sorted(sent)[:6]}, and not "
          f"exactly the guilty ones {sorted(guilty)[:6]}", result)
    audit.honest(result, server)
    audit.same_rejects(site, result)
    own_words(site)


def places(many, seed):
    return random.Random(seed).sample(range(500), many)


# name: guilty rows of a batch of 500, further requests at most
GUILTY = {
    "first": ([0], 20),
    "middle": ([250], 20),
    "last": ([499], 20),
    "random-1": (places(1, 11), 20),
    "random-2": (places(1, 12), 20),
    "random-3": (places(1, 13), 20),
    "random-4": (places(1, 14), 20),
    "two": (places(2, 15), 40),
    "neighbours": ([255, 256], 40),
    "five": (places(5, 16), 100),
    "most": (places(300, 17), 500),
    "all-but-one": ([i for i in range(500) if i != 123], 500),
    "all": (list(range(500)), 500),
}


@each(*GUILTY)
def batch_of_500(scratch, which):
    guilty, most = GUILTY[which]
    site = Site(scratch / "site", 500, guilty=guilty, batch=500, seed=3)
    with FastServer() as server:
        deliver(site, server, most)
        own_words(site)
        due_again(site, server)


@test()
def several_batches(scratch):
    """Guilty and invalid rows over batches that fly at once; in order."""
    guilty = random.Random(5).sample(range(0, 2000, 2), 20)
    site = Site(scratch / "site", 2000, guilty=guilty, invalid=[1, 77, 1999],
                batch=100)
    with FastServer() as server:
        deliver(site, server, 20 * 16)
        own_words(site)
        due_again(site, server)


@test()
def same_requests_each_time(scratch):
    """Isolation is deterministic: two sites, the same bodies."""
    bodies = []
    for name in ("one", "two"):
        site = Site(scratch / name, 500, guilty=[7, 300, 301], batch=250)
        with FastServer() as server:
            deliver(site, server, 60)
            bodies.append({entry["hash"] for entry in server.log})
    check(bodies[0] == bodies[1], "two runs over one export differ by "
          f"{len(bodies[0] ^ bodies[1])} bodies")


@each(1, 7, 60)
def too_large(scratch, records):
    """413 halves without blame."""
    site = Site(scratch / "site", 200, guilty=[50], batch=100)
    with FastServer(max_records=records) as server:
        deliver(site, server, 400)
        own_words(site)


@test()
def too_large_in_bytes(scratch):
    site = Site(scratch / "site", 200, guilty=[199], batch=200)
    with FastServer(max_bytes=4000) as server:
        deliver(site, server, 200)


@test()
def one_record_too_large(scratch):
    """Where a single record is too large for the server, it is that record's
    row that is rejected, and it is said why."""
    site = Site(scratch / "site", 20, batch=20)
    long = site.people[4]["Address"] = "Ấp " * 80
    site.people[4]["Address"] = long.strip()
    site.write()
    site.guilty_rows = {4}
    site.record = lambda i: {**site.people[i], "Description": "ghi chú 0"}
    with FastServer(max_bytes=400) as server:
        site.point_at(server)
        result = site.run(*QUICKLY)
        audit.honest(result, server)
        audit.same_rejects(site, result)
        reason = site.rejects()[site.people[4]["CustomerCode"]][0]
        check("too large" in reason or "413" in reason, f"it says: {reason}")


@test()
def partly_stored(scratch):
    """The server stores half of a batch, once, and does not say which."""
    site = Site(scratch / "site", 100, guilty=[30], batch=100)
    with FastServer() as server:
        server.faults = [Fault("partial", 1)]
        site.point_at(server)
        server.refuse = None
        site.guilty_rows = set()
        site.write()
        result = site.run(*QUICKLY)
        audit.honest(result, server)
        check(result.ledger["accepted"] == 0, "accepted on a doubt:", result)
        check(len(server.log) < 300, f"{len(server.log)} requests:", result)
        server.faults = []
        audit.converge(site, server, *QUICKLY)


@test()
def partly_stored_at_first(scratch):
    """Halves that are stored as a whole are accepted: nothing is rejected."""
    site = Site(scratch / "site", 64, batch=64)
    with FastServer() as server:
        server.faults = [Fault("partial", 1)]
        server.refuse = lambda record: server.faults.clear()
        deliver(site, server, 20)


@test()
def changed_in_the_end(scratch):
    """A guilty row that was mended is accepted, and leaves the rejects."""
    site = Site(scratch / "site", 60, guilty=[10, 20], batch=20)
    with FastServer() as server:
        deliver(site, server, 40)
        site.guilty_rows = {20}
        site.write()
        site.point_at(server)
        result = site.run(*QUICKLY)
        audit.honest(result, server)
        check(result.ledger["accepted"] == 1, "one was mended:", result)
        audit.same_store(site, server)
        audit.same_rejects(site, result)
