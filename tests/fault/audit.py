"""What must be true after any run, and in the end."""
from kit import Failure, check

NOTHING = {"records": 0, "accepted": 0, "rejected": 0, "again": 0, "pending": 0}


# What the rows of a ledger become; held only where something is.
PARTS = ("skipped", "rejected", "duplicate", "unchanged", "accepted", "pending",
         "held")


def ending(ledger, resumed):
    """The exit code where nothing stopped the run."""
    if ledger["pending"] or resumed["pending"]:
        return 7
    return 3 if ledger["rejected"] or resumed["rejected"] else 0


def balance(result):
    """Every row is accounted for, and the exit code says the same."""
    ledger = result.ledger
    check(ledger, "no ledger on standard output:", result)
    right = sum(ledger.get(part, 0) for part in PARTS)
    check(ledger["rows"] + ledger["extra"] == right,
          "the ledger does not balance:", result)
    resumed = result.json.get("resumed", NOTHING)
    check(resumed["records"] == sum(resumed[part] for part in NOTHING
                                    if part != "records"),
          "what was resumed does not balance:", result)
    check(result.json.get("exit") == result.exit,
          "exit code and --json differ:", result)
    if result.exit in (0, 3):
        check(result.exit == ending(ledger, resumed), "the exit code is wrong:", result)
    check(result.exit != 1, "a fault of fastsync itself:", result)


def honest(result, server):
    """Nothing is reported accepted that the server does not hold."""
    balance(result)
    said = result.ledger["accepted"] + result.ledger["unchanged"]
    held = len(server.store)
    check(said <= held, f"{said} reported accepted, the server holds {held}:",
          result)


def same_store(site, server):
    """The server holds exactly what the mapping yields, less the rejects."""
    expected, store = site.expected(), server.store
    missing = sorted(set(expected) - set(store))
    beyond = sorted(set(store) - set(expected))
    differ = sorted(key for key in set(store) & set(expected)
                    if store[key] != expected[key])
    history = [str(result) for result in site.results[-4:]]
    check(not missing, f"{len(missing)} records are lost: {missing[:5]}", *history)
    check(not beyond, f"{len(beyond)} records do not belong: {beyond[:5]}", *history)
    check(not differ, f"{len(differ)} records differ: " + "; ".join(
        f"{store[key]} instead of {expected[key]}" for key in differ[:2]), *history)


def same_rejects(site, result):
    found = set(site.rejects())
    check(found == site.bad_keys,
          f"rejects.csv: missing {sorted(site.bad_keys - found)[:5]}, "
          f"beyond {sorted(found - site.bad_keys)[:5]}", result)


def no_breach(site, server):
    lines = server.breaches()
    check(not lines, "\n".join(lines[:5]),
          *[str(result) for result in site.results[-4:]])


def done(site, result):
    return result.exit in (0, 3) and result.ledger.get("pending") == 0 and \
        set(site.rejects()) == site.bad_keys


def converge(site, server, *options, most=12, exits=(0, 3, 7)):
    """Runs again until all is done, as people would; then all must hold."""
    for _ in range(most):
        result = site.run(*options)
        check(result.exit in exits, "an unexpected end:", result)
        honest(result, server)
        if done(site, result):
            break
    else:
        raise Failure(f"not done after {most} runs: {result}\n"
                      f"rejects beyond: {sorted(set(site.rejects()) - site.bad_keys)[:5]}")
    same_store(site, server)
    same_rejects(site, result)
    no_breach(site, server)
    return result
