"""kit.py: what an attack is, and how it is measured.

    Attack("loop", map="while true do end", says="instructions")

A row is a name, a script (`script`, or a part of one: `map`, the body of a
map; `setup`, that of a setup; `fields`, a table's inside; `top`, what stands
before the mapping), what else lies in the folder (`files`: name to bytes, or
what `many` answers; in.csv is there with two rows unless named), the
command and its options, and what must happen: the exit code, a part of what is
said (a regular expression), seconds of processor's time and bytes of memory at
most. `signal` is sent after `after` seconds; then `cpu` counts from there.

    Attack("fifo", shell="mkfifo f; fastsync cat f", code=4, says="regular")

A row with `shell` is a script of sh's instead, with `fastsync` on its PATH, so
that it may make the folder what it has to be, and run more than one command;
`env` is added to the environment of either. With `answers` a server listens
(server.py; sh knows it as $URL and $PORT), and `requests` is how many it must
have heard, `hears` and `hears_not` what must be in them and what must not.
`terminal`: standard output is one. What must be there afterwards stands in
left.py; what steers a terminal must never come out, unless `exact`."""
import dataclasses
import os
import re
import resource
import signal as signals
import subprocess
import threading
import time

import left
import server
import terminal

MB = 1 << 20
SCRIPT, INTERRUPTED = 5, 130
SMALL = "--max-seconds 1 --max-memory 64M"
HEAD = 'local fast = require "fastsync"\nlocal col = fast.col\n'
INPUT = "Code,Name\nKH1,Công ty A\nKH2,Công ty B\n".encode()
# Whatever else a row allows: sh says the first ones of what it ran.
CRASHED = ("Segmentation fault|Aborted|Bus error|Illegal instruction|"
           "AddressSanitizer|LeakSanitizer|runtime error:")
GOOD = '{ CustomerCode = row.Code, CustomerName = row.Name, Status = "1" }'


@dataclasses.dataclass
class Attack:
    name: str
    script: str = None
    map: str = None
    setup: str = None
    fields: str = None
    top: str = ""
    files: dict = dataclasses.field(default_factory=dict)
    command: str = "check"
    options: str = SMALL
    operands: str = "in.csv"
    code: int = SCRIPT  # or None: any, as `says` says enough
    says: str = ""
    says_not: str = None
    cpu: float = 4
    rss: int = 190 * MB
    signal: str = None
    after: float = 1.0
    shell: str = None
    env: dict = dataclasses.field(default_factory=dict)
    answers: dict = None
    requests: int = None
    hears: str = ""
    hears_not: str = None
    terminal: bool = False
    exact: bool = False
    json: bool = False
    keeps: tuple = ()
    makes_not: tuple = ()
    leaves: dict = dataclasses.field(default_factory=dict)
    sheets: tuple = ()
    hides: str = None
    wall: float = 60


@dataclasses.dataclass
class Seen:
    wrong: list
    said: str
    cpu: float
    rss: int


def many(head, piece, count):
    """A file that never stands in memory as a whole."""
    def pieces():
        yield head
        for _ in range(count // 1000):
            yield piece * 1000
        yield piece * (count % 1000)
    return pieces


def put_aside(rows, store):
    """Large files of the rows, into one: memory of who forks counts as the
    program's."""
    for row in rows:
        for name, content in row.files.items():
            if not callable(content) and len(content) > 1 << 16:
                row.files[name] = stored(store, content)


def stored(store, content):
    start, end = store.tell(), store.tell() + len(content)
    store.write(content)
    store.flush()

    def pieces():
        for at in range(start, end, MB):
            yield os.pread(store.fileno(), min(MB, end - at), at)
    return pieces


def text_of(row):
    if row.script is not None:
        return row.script
    text = HEAD + row.top + "\nreturn fast.setCustomer {\n"
    if row.setup is not None:
        text += f"setup = function(env) {row.setup} end,\n"
    if row.fields is not None:
        text += f"fields = {{ {row.fields} }},\n"
    else:
        body = row.map if row.map is not None else f"return {GOOD}"
        text += f"map = function(row, at) {body} end,\n"
    return text + "}\n"


def slack():
    """Sanitizers take more of everything."""
    return 6 if os.environ.get("SANITIZE") else 1


def limits(row):
    """Whatever else goes wrong: the machine stays usable."""
    seconds = int(3 * row.cpu * slack()) + 10
    os.umask(0o022)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 30, 1 << 30))
    if not os.environ.get("SANITIZE"):
        most = max(4 * row.rss, 2 << 30)
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def write_files(row, folder):
    files = {"in.csv": INPUT, "m.lua": text_of(row).encode()}
    files.update(row.files)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(path, "wb") as file:
            for piece in content() if callable(content) else [content]:
                file.write(piece)


def command_line(row, program):
    if row.shell is not None:
        return ["/bin/sh", "-c", row.shell]
    return [program, *row.command.split(), "m.lua", *row.options.split(),
            *row.operands.split()]


def environment(row, program, folder, heard):
    given = {"PATH": f"{os.path.dirname(program)}:/usr/bin:/bin",
             "HOME": str(folder), "LC_ALL": "C.UTF-8", "FASTSYNC_JOBS": "1"}
    for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"):
        if name in os.environ:
            given[name] = os.environ[name]
    if heard:
        given.update(URL=heard.url, PORT=str(heard.port))
    given.update(row.env)
    return given


def cpu_of(pid):
    with open(f"/proc/{pid}/stat") as stat:
        words = stat.read().rsplit(")", 1)[1].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


class Strike:
    """The signal, once the program has used its seconds."""

    def __init__(self, row, process):
        self.cpu = 0.0
        self.thread = None
        if row.signal:
            number = getattr(signals, "SIG" + row.signal)
            self.thread = threading.Thread(
                target=self.run, args=(process.pid, number, row.after))
            self.thread.start()

    def run(self, pid, number, after):
        try:
            while self.cpu < after:
                time.sleep(0.02)
                self.cpu = cpu_of(pid)
            os.kill(pid, number)
        except (OSError, IndexError):
            pass


def end(process):
    """It has taken too long, and all that it started with it."""
    try:
        os.killpg(process.pid, signals.SIGKILL)
    except ProcessLookupError:
        pass


def run(row, program, folder, heard):
    """Its process, ended; what struck it; and what the system says of it."""
    shown = terminal.Terminal() if row.terminal else None
    with open(folder / ".said", "wb") as said, \
            open(folder / ".told", "wb") as told:
        process = subprocess.Popen(
            command_line(row, program), cwd=folder, stdin=subprocess.DEVNULL,
            env=environment(row, program, folder, heard),
            stdout=shown.inner if shown else told, stderr=said,
            start_new_session=True, preexec_fn=lambda: limits(row))
        late = threading.Timer(row.wall * slack(), end, (process,))
        late.start()
        strike = Strike(row, process)
        if shown:
            told.write(shown.read())
        _, status, usage = os.wait4(process.pid, 0)
        late.cancel()
        end(process)
        process.returncode = os.waitstatus_to_exitcode(status)
    if strike.thread:
        strike.thread.join()
    return process.returncode, strike.cpu, usage


def attack(row, program, folder):
    write_files(row, folder)
    heard = server.Server(row.answers) if row.answers is not None else None
    before = left.remember(row, folder)
    code, cpu, usage = run(row, program, folder, heard)
    said = (folder / ".said").read_bytes()
    told = (folder / ".told").read_bytes()
    wrong = left.look(row, folder, before, said, told)
    if heard:
        wrong += heard.judge(row)
    return judge(row, code, cpu, usage, wrong,
                 (said + told).decode(errors="replace"))


def judge(row, code, before, usage, wrong, said):
    cpu = usage.ru_utime + usage.ru_stime - before
    rss = usage.ru_maxrss << 10
    if row.code is not None and code != row.code:
        wrong.insert(0, f"exit code {code}, not {row.code}")
    if re.search(CRASHED, said):
        wrong.append("it crashed")
    if not re.search(row.says, said):
        wrong.append(f"it does not say: {row.says}")
    if row.says_not and re.search(row.says_not, said):
        wrong.append(f"it says: {row.says_not}")
    if cpu > row.cpu * slack():
        wrong.append(f"{cpu:.1f} s of {row.cpu * slack():.1f}")
    if rss > row.rss and not os.environ.get("SANITIZE"):
        wrong.append(f"{rss >> 20} MiB of {row.rss >> 20}")
    return Seen(wrong, said, cpu, rss)
