"""What the tests share: exports with a known outcome, the program, the
sandbox, and the checks that hold after every run.

A Site is a folder with an export, its mapping and a state folder; it knows
which rows are invalid (refused by fastsync), guilty (refused by the server)
and good, and what the server must hold in the end. A test is a function with
the decorator `test`; it fails by an exception, mostly by `check`."""
import csv
import json
import os
import random
import sqlite3
import subprocess
import time
from pathlib import Path

PROGRAM = os.environ.get("FASTSYNC", "")
QUICK = os.environ.get("FAULT_QUICK", "") not in ("", "0")
PATIENCE = 120  # seconds that no command may take
HEADER = ["Mã KH", "Tên khách hàng", "Địa chỉ", "Điện thoại", "Trạng thái",
          "Ghi chú"]
FIRST = "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ".split()
LAST = "An Bình Chi Dũng Giang Hằng Khánh Lưỡng Mỹ Nghĩa Thuỷ Ước".split()
STREETS = ["Trần Phú", "Lê Lợi", "Điện Biên Phủ", "Hai Bà Trưng", "Lý Thường Kiệt"]
MAPPING = """local fast = require "fastsync"
local col = fast.col

return fast.setCustomer {
  source = fast.csv { "kh.csv", delimiter = ";", encoding = "UTF-8", header = 1 },
  fields = {
    CustomerCode = col "Mã KH",
    CustomerName = col "Tên khách hàng":squeeze(),
    Address      = col "Địa chỉ",
    PhoneNumber  = col "Điện thoại",
    Status       = col "Trạng thái":pick { ["Đang hoạt động"] = "1", ["Ngừng"] = "0" },
    Description  = col "Ghi chú",
  },
}
"""

TESTS = {}


class Failure(Exception):
    """What went wrong, in words."""


def check(good, text, *details):
    if not good:
        raise Failure("\n".join([text, *map(str, details)]))


def test(quick=True, preload=False, busy=False):
    """quick: it also runs with FAULT_QUICK; preload: it needs the shim, which
    does not go together with a sanitizer; busy: it keeps a core at work, and
    does not mostly wait."""
    def note(function):
        function.busy = busy
        skipped = QUICK and (preload or not quick)
        if not skipped:
            module = function.__module__.removeprefix("test_")
            TESTS[f"{module}/{function.__name__.replace('_', '-')}"] = function
        return function
    return note


def each(*cases, **how):
    """The same test for each of these arguments, as tests of their own."""
    def note(function):
        for case in cases:
            case = case if isinstance(case, tuple) else (case,)
            def one(scratch, case=case):
                function(scratch, *case)
            name = "_".join([function.__name__, *map(str, case)])
            one.__module__, one.__name__ = function.__module__, name
            test(**how)(one)
        return function
    return note


class Result:
    """A command that has ended."""

    def __init__(self, command, code, out, err, seconds):
        self.command, self.exit = command, code
        self.out, self.err, self.seconds = out, err, seconds
        try:
            self.json = json.loads(out) if out.strip() else {}
        except ValueError:
            self.json = {}
        self.ledger = self.json.get("ledger", {})
        self.delivery = self.json.get("delivery", {})

    def __str__(self):
        tail = "\n".join(self.err.splitlines()[-12:])
        return f"$ {self.command}\nexit {self.exit}\n{self.out.strip()}\n{tail}"


class Site:
    def __init__(self, folder, rows, guilty=(), invalid=(), seed=1, batch=10):
        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.state = self.folder / "state"
        self.batch, self.version, self.results = batch, 0, []
        self.guilty_rows, self.invalid_rows = set(guilty), set(invalid)
        self.chance = random.Random(seed)
        self.people = [self.person(i) for i in range(rows)]
        self.environment, self.options = {}, []
        (self.folder / "kh.lua").write_text(MAPPING)
        self.write()

    def person(self, i):
        chance = self.chance
        name = f"{chance.choice(FIRST)} {chance.choice(LAST)} {chance.choice(LAST)}"
        return {"CustomerCode": f"KH{i:05d}", "CustomerName": name,
                "Address": f"{chance.randrange(1, 999)} {chance.choice(STREETS)}",
                "PhoneNumber": f"09{chance.randrange(10**8):08d}",
                "status": chance.choice("01")}

    def record(self, i):
        note = "GUILTY" if i in self.guilty_rows else "ghi chú"
        return {**self.people[i], "Description": f"{note} {self.version}"}

    def write(self):
        """The export as of the present version."""
        with open(self.folder / "kh.csv", "w", newline="") as file:
            writer = csv.writer(file, delimiter=";")
            writer.writerow(HEADER)
            for i in range(len(self.people)):
                row = self.record(i)
                status = {"1": "Đang hoạt động", "0": "Ngừng"}[row["status"]]
                if i in self.invalid_rows:
                    status = "Chưa rõ"
                writer.writerow([
                    row["CustomerCode"], row["CustomerName"], row["Address"],
                    row["PhoneNumber"], status, row["Description"]])

    def age(self):
        """Another export: every row differs from the one before."""
        self.version += 1
        self.write()

    def keys(self, rows):
        return {self.people[i]["CustomerCode"] for i in rows}

    @property
    def bad_keys(self):
        return self.keys(self.guilty_rows | self.invalid_rows)

    def expected(self):
        """What the server holds when all is done."""
        bad = self.guilty_rows | self.invalid_rows
        return {self.people[i]["CustomerCode"]: self.record(i)
                for i in range(len(self.people)) if i not in bad}

    # The program.

    def point_at(self, server):
        """A FastServer or a Sandbox; `url` may be set otherwise after it."""
        secret = self.folder / "password"
        secret.write_text(server.password + "\n")
        secret.chmod(0o600)
        self.environment.update(
            FASTSYNC_URL=server.url, FASTSYNC_USERNAME=server.username,
            FASTSYNC_PASSWORD_FILE=str(secret))
        return self

    def full_environment(self, extra):
        kept = [name for name in os.environ if name.endswith("SAN_OPTIONS")]
        return {"PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8",
                "HOME": str(self.folder), "FASTSYNC_JOBS": "2",
                **{name: os.environ[name] for name in kept},
                **self.environment, **extra}

    def command(self, *options, command="run"):
        line = [PROGRAM, command, "kh.lua", "--state", str(self.state), "--json"]
        if command == "run":
            line += ["--batch", str(self.batch)]
        return line + self.options + [str(option) for option in options]

    def start(self, *options, command="run", extra={}):
        return self.popen(self.command(*options, command=command), extra)

    def popen(self, line, extra):
        return subprocess.Popen(
            line, cwd=self.folder, env=self.full_environment(extra),
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE)

    def finish(self, process, began=None, extra={}):
        try:
            out, err = process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            out, err = process.communicate()
            raise Failure(f"still running after {PATIENCE} s: "
                          f"{' '.join(process.args)}\n{err.decode()[-2000:]}")
        shown = [f"{name}={value}" for name, value in extra.items()]
        result = Result(" ".join(shown + list(process.args)), process.returncode,
                        out.decode(), err.decode(),
                        time.monotonic() - (began or time.monotonic()))
        self.results.append(result)
        return result

    def run(self, *options, command="run", extra={}):
        began = time.monotonic()
        process = self.start(*options, command=command, extra=extra)
        return self.finish(process, began, extra)

    def explain(self, key):
        """In words, for people."""
        line = [PROGRAM, "explain", "kh.lua", key, "--state", str(self.state)]
        return self.finish(self.popen(line, {}))

    def rejects(self):
        """Code: (reason, row) of the rejects file as it stands."""
        path = self.state / "rejects.csv"
        if not path.exists():
            return {}
        with open(path, newline="", encoding="utf-8-sig") as file:
            return {row[HEADER[0]]: (row["_reason"], row)
                    for row in csv.DictReader(file, delimiter=";")}


class Sandbox:
    """The program's own server, as a process, on one port for its life."""
    username, password = "sandbox", "sandbox"

    def __init__(self, folder, port, seed=1):
        self.folder, self.port, self.seed = Path(folder), port, seed
        self.file = self.folder / "sandbox.db"
        self.process = None
        self.url = f"http://127.0.0.1:{port}"

    def start(self, *options):
        line = [PROGRAM, "sandbox", "--listen", f"127.0.0.1:{self.port}",
                "--db", str(self.file), "--seed", str(self.seed), *options]
        self.process = subprocess.Popen(
            line, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=open(self.folder / "sandbox.err", "ab"), text=True)
        while True:
            said = self.process.stdout.readline()
            if said.startswith("listening"):
                return self
            check(said, "the sandbox does not start: " + " ".join(line),
                  (self.folder / "sandbox.err").read_text()[-1000:])

    def stop(self):
        if self.process:
            self.process.terminate()
            self.process.communicate(timeout=60)
            code = self.process.returncode
            self.process = None
            check(code in (0, 130, -15), f"the sandbox ended with {code}",
                  (self.folder / "sandbox.err").read_text()[-1000:])

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        self.stop()

    def rows(self, sql):
        with sqlite3.connect(self.file, timeout=60) as db:
            return db.execute(sql).fetchall()

    @property
    def store(self):
        return {key: json.loads(fields) for key, fields
                in self.rows("SELECT key, fields FROM record")}

    def breaches(self):
        columns = [row[1] for row in self.rows("PRAGMA table_info(record)")]
        if "stored" not in columns:
            return ["the sandbox does not count what stores a record"]
        return [f"record {key} was stored by {stored} different requests"
                for key, stored in
                self.rows("SELECT key, stored FROM record WHERE stored > 1")]
