"""rows_grants.py: what a grant opens, and nothing beside it: --allow-read,
--allow-env, an INPUT; and what is for no script, whatever was granted."""
from kit import HEAD, Attack
from rows_reads import (DONE, NO_FILE, OURS, OUTSIDE, USAGE, as_lookup, as_source,
                        reads)

OUT = "'../secret/secret.csv'"
NEAR = {"secret2/secret.csv": b"Code,Name\nSTOLEN2,STOLEN\n",
        "open/a.csv": b"Code,Name\nOPEN1,Open\n"}
NONE = "there is no such folder"


def grants(name, path, code=USAGE, says=OUTSIDE, **more):
    return reads(f"grant-{name}", path, code, says, files=NEAR, **more)


ROWS = [
    grants("folder", "'../open/a.csv'", DONE, "OPEN1", options="--allow-read open"),
    grants("folder-slash", "'../open/a.csv'", DONE, "OPEN1", options="--allow-read open///"),
    grants("folder-link", "'../open/a.csv'", DONE, "OPEN1", options="--allow-read job/l", make="ln -s ../open l"),
    grants("above", "'../open/a.csv'", DONE, "OPEN1", options="--allow-read ."),
    grants("many", "'../open/a.csv'", DONE, "OPEN1",
           options="--allow-read secret2 --allow-read open --allow-read secret2"),
    grants("another", OUT, options="--allow-read open"),
    grants("below", "'../open/a.csv'", options="--allow-read open/b", make="mkdir ../open/b"),
    grants("same-beginning", "'../secret2/secret.csv'", options="--allow-read secret"),
    grants("same-beginning-slash", "'../secret2/secret.csv'", options="--allow-read secret/"),
    grants("shorter", OUT, options="--allow-read secre", says="(?s)" + NONE + ".*" + OUTSIDE),
    grants("up-from-it", "'../open/../secret/secret.csv'", options="--allow-read open"),
    grants("link-out-of-it", "'../open/l.csv'", options="--allow-read open", make="ln -s ../secret/secret.csv ../open/l.csv"),
    grants("link-into-it", "'l.csv'", DONE, "OPEN1", options="--allow-read open", make="ln -s ../open/a.csv l.csv"),
    grants("missing", OUT, options="--allow-read none", says="(?s)" + NONE + ".*" + OUTSIDE),
    grants("blank", OUT, options="--allow-read ''", says="allow.read"),
    grants("file", OUT, options="--allow-read secret/secret.csv", says="(?s)" + NONE + ".*" + OUTSIDE),
    grants("pattern", OUT, options="--allow-read 'sec*'", says="(?s)" + NONE + ".*" + OUTSIDE),
    grants("list", OUT, options="--allow-read open,secret", says="(?s)" + NONE + ".*" + OUTSIDE),
    grants("proc-link", OUT, options="--allow-read job/l", make="ln -s /proc/self/fd l"),
    grants("input-beside", "'../secret2/secret.csv'", how=as_lookup,
           take="fastsync check job/m.lua open/a.csv -o - "),
    grants("input-itself", "'../open/a.csv'", DONE, "OPEN1", how=as_lookup,
           take="fastsync check job/m.lua open/a.csv -o - "),
    grants("input-fifo", "'../f'", USAGE, NO_FILE, how=as_lookup, make="mkfifo ../f",
           take="(printf 'A,B\\nC,D\\n' >f &) ; fastsync check job/m.lua f -o - "),
    grants("fifo-inside-it", "'../open/f'", USAGE, NO_FILE, options="--allow-read open", make="mkfifo ../open/f"),
    grants("mapping-by-link", OUT, take="ln -s ../job/m.lua secret/n.lua; ln -s ../secret/n.lua open/m.lua;"
           "fastsync check open/m.lua -o - "),
]

# Settings, secrets and other processes, whatever was granted. Each holds cells
# that are for nobody; the password stands in two places.
NEVER = {
    "settings": ("'fastsync.ini'", "", "echo batch = 5 >fastsync.ini"),
    "settings-link": ("'a.csv'", "", "echo batch = 5 >fastsync.ini; ln -s fastsync.ini a.csv"),
    "settings-above": ("'../fastsync.ini'", "", "echo batch = 5 >../fastsync.ini"),
    "settings-are-link": ("'site.csv'", "", "echo batch = 5 >site.csv; ln -s job/site.csv ../fastsync.ini"),
    "settings-hard-link": ("'a.csv'", "", "echo batch = 5 >../fastsync.ini; ln ../fastsync.ini a.csv"),
    "settings-of-user": ("'../.config/fastsync/fastsync.ini'", "",
                         "mkdir -p ../.config/fastsync; echo batch = 5 >../.config/fastsync/fastsync.ini"),
    "settings-of-user-link": ("'a.csv'", "",
                              "mkdir -p ../.config/fastsync; echo batch = 5 >a.csv;"
                              "ln -s ../../job/a.csv ../.config/fastsync/fastsync.ini"),
    "config": ("'c.csv'", "--config job/c.csv", "echo batch = 5 >c.csv"),
    "config-hard-link": ("'d.csv'", "--config job/c.csv", "echo batch = 5 >c.csv; ln c.csv d.csv"),
    "password": ("'p.csv'", "", "echo tr0ub4dor >p.csv; chmod 600 p.csv", "job/p.csv"),
    "password-link": ("'l.csv'", "", "echo tr0ub4dor >p.csv; chmod 600 p.csv; ln -s p.csv l.csv", "job/p.csv"),
    "password-hard-link": ("'l.csv'", "", "echo tr0ub4dor >p.csv; chmod 600 p.csv; ln p.csv l.csv", "job/p.csv"),
    "password-pattern": ("'p*.csv'", "", "echo tr0ub4dor >p.csv; chmod 600 p.csv", "job/p.csv"),
    "password-behind-link": ("'p.csv'", "", "echo tr0ub4dor >p.csv; chmod 600 p.csv; ln -s p.csv l", "job/l"),
    "environ-of-shell": ("'/proc/1/environ'", "--allow-read /proc", ""),
    "environ": ("'/proc/self/environ'", "--allow-read /", ""),
    "memory": ("'/proc/self/maps'", "--allow-read /proc", ""),
    "environ-link": ("'l'", "--allow-read /", "ln -s /proc/self/environ l"),
}

ROWS += [
    reads(f"never-{name}-{how.__name__[3:]}", path, USAGE, OURS, make=make, how=how,
          options=f"--allow-read . {options}", says_not="tr0ub4dor",
          env={"FASTSYNC_PASSWORD_FILE": password[0]} if password else {})
    for name, (path, options, make, *password) in NEVER.items() for how in (as_source, as_lookup)
]


def variable(name, lua, code=USAGE, says="", says_not=None, options="", where="top", **environment):
    body = "local v = " + lua + " print(v == nil and 'NOTHING' or 'GOT ' .. v)"
    good = 'return { CustomerCode = row.Code, CustomerName = row.Name, Status = "1" }'
    return Attack(f"env-{name}", code=code, says=says, says_not=says_not, options=options,
                  env=environment, **{where: f"{body} {good}" if where == "map" else body})


UNGRANTED = "a script may read [A-Z_]+ only where it is granted: add --allow-env"
ROWS += [
    variable("plain", "os.getenv 'HOME'", says=UNGRANTED, says_not="GOT"),
    variable("plain-map", "os.getenv 'HOME'", says=UNGRANTED, says_not="GOT", where="map"),
    variable("plain-setup", "os.getenv 'HOME'", says=UNGRANTED, says_not="GOT", where="setup"),
    variable("caught", "select(2, pcall(os.getenv, 'HOME'))", says=UNGRANTED, says_not="GOT"),
    variable("caught-xpcall", "select(2, xpcall(os.getenv, print, 'HOME'))", says=UNGRANTED, says_not="GOT"),
    variable("caught-load", "load('return pcall(os.getenv, [[HOME]])')()", says=UNGRANTED, says_not="GOT"),
    variable("not-set", "os.getenv 'NO_SUCH_NAME'", DONE, "NOTHING"),
    variable("granted", "os.getenv 'WORD'", DONE, "GOT hello", options="--allow-env WORD", WORD="hello"),
    variable("granted-shorter", "os.getenv 'WORDS'", says=UNGRANTED, options="--allow-env WORD", WORDS="x", WORD="y"),
    variable("granted-longer", "os.getenv 'WORD'", says=UNGRANTED, options="--allow-env WORDS", WORDS="x", WORD="y"),
    variable("granted-case", "os.getenv 'WORD'", says=UNGRANTED, options="--allow-env word", WORD="y"),
    variable("granted-star", "os.getenv 'WORD'", says=UNGRANTED, options="--allow-env *", WORD="y"),
    variable("granted-list", "os.getenv 'WORD'", says=UNGRANTED, options="--allow-env A,WORD", WORD="y"),
    variable("two-lines", "os.getenv 'A\\nWORD'", DONE, "NOTHING", options="--allow-env WORD", WORD="y"),
    variable("nul", "os.getenv 'HOME\\0'", DONE, "NOTHING"),
    variable("blank-name", "os.getenv ''", DONE, "NOTHING"),
    variable("equals", "os.getenv 'HOME='", DONE, "NOTHING"),
    variable("ours", "os.getenv 'FASTSYNC_PASSWORD'", says=OURS, options="--allow-env FASTSYNC_PASSWORD",
             says_not="tr0ub4dor", FASTSYNC_PASSWORD="tr0ub4dor"),
    variable("ours-harmless", "os.getenv 'FASTSYNC_JOBS'", says=OURS, options="--allow-env FASTSYNC_JOBS"),
    variable("secret-copy", "os.getenv 'WORD'", says=OURS, options="--allow-env WORD", says_not="tr0ub4dor",
             FASTSYNC_PASSWORD="tr0ub4dor", WORD="tr0ub4dor"),
    variable("secret-within", "os.getenv 'WORD'", says=OURS, options="--allow-env WORD", says_not="tr0ub4dor",
             FASTSYNC_PASSWORD="tr0ub4dor", WORD="mysql://me:tr0ub4dor@host"),
    variable("secret-as-url", "os.getenv 'WORD'", says=OURS, options="--allow-env WORD", says_not="tr0ub",
             FASTSYNC_PASSWORD="tr0ub&4dor", WORD="p=tr0ub%264dor"),
    variable("secret-base64", "os.getenv 'WORD'", says=OURS, options="--allow-env WORD", says_not="GOT",
             FASTSYNC_PASSWORD="tr0ub4dor", WORD="Authorization: Basic dHIwdWI0ZG9y"),
    variable("secret-token", "os.getenv 'WORD'", says=OURS, options="--allow-env WORD", says_not="tok-77",
             FASTSYNC_TOKEN="tok-77-tok", WORD="tok-77-tok"),
    variable("secret-proxy", "os.getenv 'WORD'", says=OURS, options="--allow-env WORD", says_not="prox-pass",
             https_proxy="http://me:prox-pass@127.0.0.1:1", WORD="prox-pass"),
    variable("secret-proxy-itself", "os.getenv 'https_proxy'", says=OURS, options="--allow-env https_proxy",
             says_not="prox-pass", https_proxy="http://me:prox-pass@127.0.0.1:1"),
]
