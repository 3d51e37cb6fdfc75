"""Password and token stay where they are: whatever a server echoes and however
much is said, they stand in no output, in no file of the state folder, and in no
process's arguments. The state's files are for their owner alone."""
import json
import os
import stat
import time
import urllib.parse
from pathlib import Path

import audit
from faults import Fault, mixed
from kit import Site, check, each, test
from server import FastServer

HASTE = ["--retry-for", "3", "--timeout", "1", "--concurrency", "8", "-v"]
HELD = ["--timeout", "60", "--concurrency", "8", "-v"]


def spellings(secret):
    """As it is, and as JSON and a URL would write it."""
    raw = {secret, json.dumps(secret)[1:-1], urllib.parse.quote(secret)}
    return [text.encode() for text in raw]


def nowhere(site, server, result):
    secrets = [server.password, *server.tokens]
    places = {"standard output": result.out.encode(),
              "standard error": result.err.encode()}
    for path in site.state.rglob("*"):
        if path.is_file():
            places[str(path)] = path.read_bytes()
    for name, content in places.items():
        for secret in secrets:
            for text in spellings(secret):
                check(text not in content, f"{name} holds the secret "
                      f"{secret!r}:", result)


def modes(site):
    for path in [site.state, *site.state.rglob("*")]:
        mode = stat.S_IMODE(path.stat().st_mode)
        if path.is_file():
            check(mode == 0o600, f"{path.name} has mode {mode:o}, not 600")
    names = {path.name for path in site.state.rglob("*")}
    check({"journal.db", "rejects.csv"} <= names, f"there are only {names}")


PLAYED = {
    "refused": [],
    "mixed": mixed(0.4),
    "expire": [Fault("expire", 0.5)],
    "all-500": [Fault("500", 1)],
}


@each(*[(which, form) for which in PLAYED for form in ("text", "json")])
def echoed(scratch, which, form):
    """The server's messages hold both, and every umask is lenient."""
    site = Site(scratch / "site", 60, guilty=[7, 30], invalid=[3])
    old = os.umask(0)
    try:
        with FastServer(echo=True, faults=PLAYED[which]) as server:
            site.point_at(server)
            result = site.run(*HASTE, "--log-format", form)
            audit.honest(result, server)
            nowhere(site, server, result)
            if result.exit == 3:
                modes(site)
    finally:
        os.umask(old)


@test()
def password_refused(scratch):
    """The answer to getToken repeats the password that it did not like."""
    site = Site(scratch / "site", 20)
    with FastServer(echo=True) as server:
        site.point_at(server)
        sent = "sai-mật-khẩu-55aa"
        (site.folder / "password").write_text(sent + "\n")
        server.password = sent + "x"
        result = site.run(*HASTE)
        check(result.exit == 6, "exit 6 was expected:", result)
        server.password = sent
        nowhere(site, server, result)


@test()
def while_it_runs(scratch):
    """Arguments, and the write-ahead log that is gone at the end."""
    site = Site(scratch / "site", 100, guilty=[7])
    with FastServer().hold(2) as server:
        site.point_at(server)
        process = site.start(*HELD)
        while len(server.log) < 3:
            check(process.poll() is None, "the run ended early")
            time.sleep(0.005)
        folder = Path(f"/proc/{process.pid}")
        said = (folder / "cmdline").read_bytes()
        wal = site.state / "journal.db-wal"
        check(wal.exists(), "there is no journal.db-wal while it runs")
        mode = stat.S_IMODE(wal.stat().st_mode)
        check(mode == 0o600, f"journal.db-wal has mode {mode:o}, not 600")
        server.release()
        result = site.finish(process)
        for secret in (server.password, *server.tokens):
            check(secret.encode() not in said, "a secret stands in the "
                  f"arguments: {said}")
        nowhere(site, server, result)
