"""hostile.py: read by cases' scripts: runs commands whose words, files and
servers would steer a terminal, and shows what came out, which must not.

Each is run with its output in pipes, which is what is printed, again with its
standard output on a terminal, and with --log-format json. STEERS and NO JSON
are lines that no expectation has: they say what got through.
"""
import json
import os
import pty
import subprocess
import sys
import termios

# An escape that colours, a title, a bell, a carriage return, a tab, a line end,
# DEL; C1 as a character and as a byte; an override, an isolate and two marks;
# two line ends of Unicode's; a byte that is no UTF-8.
C0 = b"\x1b[31m\x1b]0;x\x07\r\t\n\x7f"
WIDE = "\u009b2J\u0085\u202e\u2066\u200f\u061c\u2028\u2029".encode()
BAD = b"\x9b2J\xff"
ALL = C0 + WIDE + BAD
MARKS = {0x061C, 0x200E, 0x200F, *range(0x2028, 0x202F), *range(0x2066, 0x2070)}


def steering(text):
    """The first of what must not come out, or None."""
    try:
        for c in text.decode():
            code = ord(c)
            if (code < 32 and c != "\n") or 127 <= code < 160 or code in MARKS:
                return f"U+{code:04X}"
    except UnicodeDecodeError as wrong:
        return str(wrong)
    return None


def on_terminal(words):
    """Standard output is a terminal, which adds nothing of its own; nor do our
    colours."""
    master, slave = pty.openpty()
    mode = termios.tcgetattr(slave)
    mode[1] &= ~termios.OPOST
    termios.tcsetattr(slave, termios.TCSANOW, mode)
    process = subprocess.Popen(words, stdout=slave, stderr=subprocess.PIPE,
                               env={**os.environ, "NO_COLOR": "1"})
    os.close(slave)
    out = b""
    try:
        while piece := os.read(master, 65536):
            out += piece
    except OSError:
        pass
    err = process.stderr.read()
    process.wait()
    return out, err


def judge(label, out, err):
    for name, text in (("standard output", out), ("standard error", err)):
        found = steering(text)
        if found:
            print(f"STEERS: {label}: {name}: {found}")


def parses(label, text):
    for line in text.splitlines():
        try:
            json.loads(line)
        except ValueError as wrong:
            print(f"NO JSON: {label}: {wrong}: {line!r}")


def show(text):
    sys.stdout.write(text.decode("utf-8", "backslashreplace"))


def attempt(label, *words, plain=True):
    """`plain`: the command takes --log-format."""
    words = [w if isinstance(w, bytes) else w.encode() for w in words]
    words = [b"fastsync", *words]
    print(f"== {label}")
    ran = subprocess.run(words, capture_output=True)
    judge(label, ran.stdout, ran.stderr)
    show(ran.stderr)
    show(ran.stdout)
    if b"--json" in words:
        parses(label, ran.stdout)
    print(f"exit {ran.returncode}")
    judge(label + ", on a terminal", *on_terminal(words))
    if plain:
        ran = subprocess.run([*words[:2], b"--log-format=json", *words[2:]],
                             capture_output=True)
        judge(label + ", log in JSON", ran.stdout, ran.stderr)
        parses(label + ", log in JSON", ran.stderr)
    sys.stdout.flush()
