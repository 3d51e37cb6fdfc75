"""rows_trust.py: configuration files that are not what they seem, the list of
trusted ones, and what a password command does."""
from kit import INTERRUPTED, Attack, many
from rows_config import CA, RUN, TRUST, USAGE, USER, ini, refused

STATE = ".local/state/fastsync"
LIST = f"{STATE}/trusted"
WHERE = "which Fast server"
RAN = "password_command = touch ran; echo x"
WHOLE = ("url = $URL", "username = u", RAN)
GO = f"{RUN} || exit $?; "


def trusted(name, shell, says, code=USAGE, requests=0, **more):
    """A folder's file that was trusted, and what has become of it since."""
    return Attack(f"trust-{name}", shell=ini("fastsync.ini", *WHOLE) + TRUST
                  + shell, says=says, code=code, answers={},
                  requests=requests, makes_not=("ran",), **more)


ROWS = [
    # That it counts at all, and the rows below do not pass by accident.
    Attack("trust-given", shell=ini("fastsync.ini", *WHOLE) + TRUST + RUN
           + " && rm ran", code=0, says="accepted", answers={}, requests=2),
    trusted("appended", "echo '; more' >>fastsync.ini; " + RUN, "has changed"),
    trusted("same-size-and-time", "touch -r fastsync.ini t; sed -i "
            "s/x$/y/ fastsync.ini; touch -r t fastsync.ini; " + RUN,
            "has changed"),
    trusted("emptied-and-back", "cp fastsync.ini f; echo >fastsync.ini; "
            + RUN, WHERE),
    trusted("link-instead", "sed s/x$/y/ fastsync.ini >f; "
            "ln -sf f fastsync.ini; " + RUN, "has changed"),
    trusted("hard-link-instead", "sed s/x$/y/ fastsync.ini >f; "
            "ln -f f fastsync.ini; " + RUN, "has changed"),
    trusted("another-folder", "mkdir d; cp fastsync.ini m.lua in.csv d; cd d; "
            + RUN, "not trusted|does not count"),
    trusted("link-from-another-folder", "mkdir d; cp m.lua in.csv d; cd d; "
            "ln -s ../fastsync.ini .; " + RUN, "not trusted|does not count"),
    trusted("hard-link-from-another-folder", "mkdir d; cp m.lua in.csv d; "
            "cd d; ln ../fastsync.ini .; " + RUN, "does not count"),
    trusted("folder-moved", "mkdir d; mv fastsync.ini m.lua in.csv d; cd d; "
            + RUN, "does not count"),
    trusted("forgotten", "fastsync trust --forget >f; " + RUN,
            "does not count"),
    trusted("made-writable", "chmod 666 fastsync.ini; " + RUN, "others can|"
            "write"),
    trusted("given-away", "if [ $(id -u) = 0 ]; then chown 4242 fastsync.ini; "
            "else chmod 666 fastsync.ini; fi; " + RUN, "fastsync.ini.*not read|"
            "belongs|write"),
    trusted("another-users-list", "export XDG_STATE_HOME=$PWD/s; " + RUN,
            "does not count"),
    trusted("home-of-another", "export HOME=$PWD/s; " + RUN, "does not count"),
    # The list itself.
    trusted("list-writable", f"chmod 666 {LIST}; " + RUN, "trusted"),
    trusted("list-by-group", f"chmod 664 {LIST}; " + RUN, "trusted"),
    trusted("list-given-away", f"if [ $(id -u) = 0 ]; then chown 4242 {LIST}; "
            f"else chmod 666 {LIST}; fi; " + RUN, "trusted"),
    trusted("list-folder", f"rm {LIST}; mkdir {LIST}; " + RUN, "trusted"),
    trusted("list-pipe", f"rm {LIST}; mkfifo {LIST}; " + RUN, "trusted",
            wall=15),
    trusted("list-endless", f"rm {LIST}; ln -s /dev/zero {LIST}; " + RUN,
            "trusted", wall=15),
    trusted("list-nul", f"printf '\\0' >{LIST}; " + RUN, "does not count"),
    trusted("list-other-hash", f"sed -i s/^./z/ {LIST}; " + RUN,
            "trusted|changed"),
    trusted("list-prefix", f"sed -i 's/..$//' {LIST}; " + RUN,
            "does not count"),
    # A new list takes the link's place.
    Attack("trust-list-dangling", shell=ini("fastsync.ini", *WHOLE)
           + f"mkdir -p {STATE}; ln -s $PWD/made {LIST}; fastsync trust --yes",
           code=0, says="trusted", makes_not=("ran", "made")),
    Attack("trust-list-link", shell=ini("fastsync.ini", *WHOLE)
           + f"mkdir -p {STATE}; ln -s $PWD/precious {LIST}; "
           "fastsync trust --yes; true", code=0, says="trusted",
           makes_not=("ran",)),
    Attack("trust-unasked", shell=ini("fastsync.ini", *WHOLE)
           + "yes | fastsync trust; " + RUN, code=USAGE, answers={},
           requests=0, says="does not count", makes_not=("ran",)),
    Attack("trust-relative-state", shell=ini("fastsync.ini", *WHOLE) + TRUST
           + f"mv .local/state packed; XDG_STATE_HOME=packed {RUN}",
           code=USAGE, answers={}, requests=0, says="does not count",
           makes_not=("ran",)),
    Attack("trust-line-end-in-folder", shell="mkdir 'd\ne'; cp m.lua in.csv "
           "'d\ne'; cd 'd\ne'\n" + ini("fastsync.ini", *WHOLE)
           + "fastsync trust --yes", code=USAGE, says="line end"),
]


# Places that a packed folder would be, if words of the environment are read as
# a path relative to it.
def relative(name, export, path, says=WHERE):
    return Attack(f"config-{name}", shell=ini(path, *WHOLE)
                  + f"{export}; {RUN}", code=USAGE, says=says, answers={},
                  requests=0, makes_not=("ran",))


ROWS += [
    relative("relative-xdg", "export XDG_CONFIG_HOME=.",
             "fastsync/fastsync.ini"),
    relative("relative-xdg-below", "export XDG_CONFIG_HOME=conf",
             "conf/fastsync/fastsync.ini"),
    relative("empty-xdg", "export XDG_CONFIG_HOME=; export HOME=",
             "fastsync/fastsync.ini"),
    relative("relative-home", "export HOME=. XDG_CONFIG_HOME=", USER),
    relative("no-home", "unset HOME XDG_CONFIG_HOME", USER),
    relative("above", "mkdir d; cp m.lua in.csv d; cd d", "fastsync.ini"),
]


# Whose file it is: the user's own, and that of --config.
def mode(name, make, says, option=""):
    return Attack(f"config-{name}", shell=ini(USER, *WHOLE)
                  + f"f={USER}; {make}; {RUN} {option}", code=USAGE, says=says,
                  answers={}, requests=0, makes_not=("ran",), wall=15)


MODES = {
    "group": ("chmod 620 $f", "write"),
    "others": ("chmod 602 $f", "write"),
    "all": ("chmod 666 $f", "write"),
    "another": ("if [ $(id -u) = 0 ]; then chown 4242 $f; "
                "else chmod 666 $f; fi", "belongs|write"),
    "link-to-open": ("mv $f o; chmod 666 o; ln -s $PWD/o $f", "write"),
    "pipe": ("rm $f; mkfifo $f", "is a pipe"),
    "device": ("rm $f; ln -s /dev/zero $f", "is a device"),
    "folder": ("rm $f; mkdir $f", "regular|folder"),
    "password-open": ("echo password = p >>$f; chmod 644 $f", "600"),
    "token-open": ("echo token = t >>$f; chmod 640 $f", "600"),
}
ROWS += [mode(f"user-{name}", *row) for name, row in MODES.items()]
ROWS += [mode(f"named-{name}", f"mv $f c; f=c; {row[0]}", row[1],
              "--config c") for name, row in MODES.items()]


# What a line may hide. `words` are printf's.
def lines(name, words, says, code=USAGE, **more):
    return Attack(f"lines-{name}", shell=f"printf '{words}' \"$URL\" >c.ini; "
                  "chmod 600 c.ini; " + RUN + " --config c.ini", code=code,
                  says=says, answers={}, requests=0, makes_not=("ran",),
                  **more)


ROWS += [
    lines("nul", "url = %s\\0.example\\nusername = u\\ntoken = t\\n", "NUL"),
    lines("nul-in-name", "url\\0x = %s\\nusername = u\\ntoken = t\\n", "NUL"),
    lines("nul-in-comment", "; \\0\\npassword_command = touch ran\\n", "NUL"),
    lines("utf-16", "\\377\\376u\\0r\\0l\\0", "UTF-16|NUL"),
    lines("utf-16-other", "\\376\\377\\0u\\0r\\0l", "UTF-16|NUL"),
    lines("mark-twice", "\\357\\273\\277\\357\\273\\277url = %s\\n",
          r"c\.ini:1"),
    lines("return-alone", "; no more\\rurl = %s\\rpassword_command = "
          "touch ran\\r", WHERE),
    lines("return-in-value", "url = %s\\rpassword_command = touch ran\\n"
          "username = u\\ntoken = t\\n", r"url|control|c\.ini"),
    lines("include", "include = other.ini\\n", "include"),
    lines("include-at", "@include other.ini\\n", r"c\.ini:1"),
    lines("include-bang", "!include other.ini\\n", r"c\.ini:1"),
    lines("continued", "username = u\\\\\\n  password_command = touch ran\\n",
          WHERE),
    lines("unit-separator", "batch = 1\\037\\n", "batch"),
    lines("number-overflow", "batch = 18446744073709551617\\n", "batch"),
    lines("number-negative", "min_rows = -1\\n", "min_rows"),
    lines("number-hex", "batch = 0x10\\n", "batch"),
    lines("number-wide", "batch = \\357\\274\\221\\n", "batch"),
    lines("escape", "batch = \\033[2J\\n", r"\\u\{1B\}"),
    lines("section-open", "[default\\nurl = %s\\n", r"c\.ini:1"),
    lines("long-line", "url = %s/%s\\n" .replace("%s/%s", "https://h/" + "x"
                                                 * 70000), ""),
    lines("url-with-user", "url = http://u:pass-w0rd@127.0.0.1:9\\nusername = u"
          "\\ntoken = t\\n", "url", hides=None, says_not="pass-w0rd"),
    lines("url-file", "url = file:///etc/passwd\\nusername = u\\ntoken = t\\n",
          "url|scheme"),
    lines("url-other", "url = gopher://127.0.0.1:1/x\\nusername = u\\n"
          "token = t\\n", "url|scheme"),
    lines("url-line-end", "url = http://127.0.0.1:9/\\013Host: x\\nusername = u"
          "\\ntoken = t\\n", "url|control"),
    lines("url-plain-alias", "url = http://127.0.0.1.example.invalid\\n"
          "username = u\\ntoken = t\\n", "http"),
    lines("url-plain-user", "url = http://127.0.0.1@example.invalid\\n"
          "username = u\\ntoken = t\\n", "url|http"),
    lines("url-plain-backslash", "url = http://localhost\\\\@example.invalid"
          "\\nusername = u\\ntoken = t\\n", "url|http"),
    Attack("lines-ten-megabytes", code=USAGE, says="more than 256 KiB",
           files={"c.ini": many(b"", b"; a comment\n", 900_000)},
           options="--config c.ini"),
    Attack("lines-many-sections", code=USAGE, says="more than 256 KiB",
           files={"c.ini": many(b"", b"[a]\nbatch = 1\n", 300_000)},
           options="--config c.ini"),
    # The last one counts; who is asked to trust sees both.
    Attack("lines-twice", shell=ini("fastsync.ini", "url = https://a.vn",
                                    "url = https://b.vn")
           + "fastsync trust --yes", code=0,
           says=r"(?s)ini:1: url = https://a\.vn\n.*ini:2: url = https://b\.vn"),
]


# The command that has the password.
def command(name, body, says, code=USAGE, **more):
    more = {"makes_not": ("ran",), "requests": 0, **more}
    return Attack(f"command-{name}", shell="cat >c.ini <<END\nurl = $URL\n"
                  f"username = u\npassword_command = {body}\nEND\n" + RUN
                  + " --config c.ini", code=code, says=says, answers={},
                  files=CA, wall=20, **more)


ROWS += [
    command("endless", "yes x", "one line|4096"),
    command("endless-line", "cat /dev/zero", "4096|NUL"),
    command("long", "head -c 5000 /dev/urandom | od -An -tx1 | tr -d ' \\\\n'",
            "4096|long"),
    command("two-lines", "echo a; echo pass-w0rd", "more than one line",
            hides=None, says_not="pass-w0rd"),
    command("nul", "printf 'a\\\\0b'", "NUL"),
    command("empty", "true", "empty"),
    command("fails", "echo pass-w0rd-9; exit 3", "3", says_not="pass-w0rd-9"),
    command("killed", "kill -9 \\$\\$", "9|[Kk]illed|signal"),
    command("says-much", "yes '\033[2J' | head -c 1000000 >&2; exit 1", ""),
    command("says-hostile", "printf '\\\\033[2J\\\\233x\\\\342\\\\200\\\\256' >&2; exit 1",
            r"\\u\{1B\}"),
    command("missing", "/no/such/command", "127|not found"),
    Attack("command-interrupted", shell=ini(
        "c.ini", "url = http://127.0.0.1:9", "username = u",
        "password_command = trap '' TERM INT HUP; sleep 300; touch ran")
        + f"timeout -s TERM 1 {RUN} --config c.ini; test $? = 124 && exit 130",
        code=INTERRUPTED, makes_not=("ran",), wall=15),
    # What stays in the background is not waited for.
    Attack("command-left-behind", shell=ini(
        "c.ini", "url = $URL", "username = u",
        "password_command = sleep 300 & echo \\$! >pid; echo x")
        + RUN + " --config c.ini; code=$?; kill $(cat pid); exit $code",
        code=0, says="accepted", answers={}, requests=2, wall=15),
]
