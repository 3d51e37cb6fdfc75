import os
from hostile import ALL, BAD, C0, WIDE, attempt

A = ALL
attempt("a command", A, plain=False)
attempt("a command that is a script", A + b".lua", plain=False)
attempt("an option in front", b"-" + A, plain=False)
attempt("help of a command", "help", A)
attempt("a form", "forms", A)
attempt("nearly a form", "forms", b"setCustomer\x1b")
attempt("an option", "check", b"--" + A)
attempt("nearly an option", "check", b"--lim\x9bit", "1")
attempt("an option's value", "check", b"--limit=" + A, "kh.lua")
attempt("a column's option", "cat", "kh.csv", "--delimiter", A)
attempt("an encoding", "cat", "kh.csv", "--encoding", A)
attempt("a short option", "check", b"-" + WIDE)
attempt("a word too many", "status", "kh.lua", A)
attempt("an input", "cat", A)
attempt("a mapping", "check", A + b".lua")
attempt("a mapping's state", "status", A + b".lua")
attempt("a mapping's state, as JSON", "status", A + b".lua", "--json")
attempt("a state folder", "status", "--state", A)
attempt("a state folder, as JSON", "status", "--state", A, "--json")
attempt("a configuration file", "check", "kh.lua", "--config", A)
attempt("a profile", "doctor", "--profile", A)
attempt("a url", "doctor", "--url", b"https://h/" + A)
attempt("a key", "explain", "kh.lua", A)
attempt("a pending key", "discard", "kh.lua", A, "--url", "http://127.0.0.1:9", "--yes")
attempt("where records go", "check", "kh.lua", "-o", b"none/" + A)
attempt("where rejects go", "check", "kh.lua", "--rejects", b"none/" + A)
attempt("where warnings go", "check", "kh.lua", "--warnings", b"none/" + A)
attempt("a sandbox's fault", "sandbox", "--fault", A.replace(b"\n", b""))
attempt("where a sandbox listens", "sandbox", "--listen", A)
attempt("a sandbox's file", "sandbox", "--db", b"none/" + A)
attempt("a sandbox's number", "sandbox", "--seed", A)
attempt("a sandbox's password", "sandbox", "--username", "u", "--password-file", A)

for name in "LIMIT", "URL", "DELIMITER", "PROFILE", "CONFIG", "JOBS":
    os.environ["FASTSYNC_" + name] = os.fsdecode(b"9" + A)
    attempt("the environment's " + name.lower(), "doctor")
    del os.environ["FASTSYNC_" + name]


def configured(label, content):
    with open("own.ini", "wb") as file:
        file.write(content)
    os.chmod("own.ini", 0o600)
    attempt(label, "doctor", "--config", "own.ini")


LINE = A.replace(b"\n", b"").replace(b"\r", b"")
configured("a section", b"[" + LINE + b"]\nurl = https://h\n")
configured("a setting", LINE + b" = 1\n")
configured("nearly a setting", b"batc\x1bh = 1\n")
configured("a setting's value", b"batch = " + LINE + b"\n")
configured("a server's address", b"url = https://" + LINE + b"\n")
configured("a proxy", b"url = http://127.0.0.1:9\nproxy = " + LINE + b"\n")
configured("a user", b"url = http://127.0.0.1:9\nusername = " + LINE + b"\n")
configured("a line that is none", LINE + b"\n")
configured("quotes that do not end", b'batch = "' + LINE + b"\n")
