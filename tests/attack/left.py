"""left.py: what an attack must leave behind.

Of a row: `keeps` are files whose bytes are as before (where sh makes them, as
they were named: a file PRECIOUS is there for that); `makes_not` are paths that
must not be there, with the wildcards of glob; `leaves` has a regular expression
for each path, which its text must have, or, where it begins with `!`, must not;
`hides` is a regular expression of bytes that no file which is left may have, nor
what was said, but what lies in a path that begins with `secret`. What was said must be
UTF-8 that steers no terminal, unless `exact`; and of `json` every line of
standard output must be a value of its own, whose names come once."""
import json
import re

PRECIOUS = "precious"
# C0 but the line end, DEL and C1, line ends of Unicode's, and what turns the
# direction of writing.
STEERS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f"
                    "\u2028-\u202e\u2066-\u206f]")


def remember(row, folder):
    (folder / PRECIOUS).write_bytes(b"precious\n")
    names = (PRECIOUS, *row.keeps)
    return {name: (folder / name).read_bytes() for name in names}


def steering(name, text):
    try:
        found = STEERS.search(text.decode())
    except UnicodeDecodeError as wrong:
        return [f"{name} is no UTF-8: {wrong}"]
    return [f"{name} steers: U+{ord(found[0]):04X}"] if found else []


def once(pairs):
    names = [name for name, _ in pairs]
    if len(set(names)) < len(names):
        raise ValueError("a name comes twice")
    return dict(pairs)


def not_json(text):
    for line in text.splitlines():
        try:
            json.loads(line, object_pairs_hook=once)
        except ValueError as wrong:
            return [f"no JSON: {wrong}: {line[:80]!r}"]
    return [] if text.strip() else ["no JSON: nothing was told"]


def text_of(folder, pattern):
    files = [path for path in folder.glob(pattern) if path.is_file()]
    return files[0].read_bytes().decode("utf-8", "replace") if files else None


def unlike(row, folder):
    for pattern, like in row.leaves.items():
        text = text_of(folder, pattern)
        denied = like.startswith("!")
        if text is None:
            yield f"{pattern} is not there"
        elif bool(re.search(like[denied:], text)) == denied:
            yield f"{pattern} is not like {like}: {text[:300]!r}"


def open_secrets(row, folder, said):
    """Also those that a database, or its log, holds."""
    if row.hides is None:
        return
    hidden = re.compile(row.hides.encode())
    if hidden.search(said):
        yield f"a secret is said: {row.hides}"
    for path in folder.rglob("*"):
        inside = path.relative_to(folder)
        if path.is_symlink() or not path.is_file() or \
                inside.name in (".said", ".told") or \
                str(inside).startswith("secret"):
            continue
        if hidden.search(path.read_bytes()):
            yield f"a secret is in {path.name}"


def look(row, folder, before, said, told):
    wrong = []
    for name, content in before.items():
        path = folder / name
        if not path.is_file() or path.read_bytes() != content:
            wrong.append(f"{name} is not as it was")
    for pattern in row.makes_not:
        wrong += [f"it made {path.name}" for path in folder.glob(pattern)]
    wrong += unlike(row, folder)
    wrong += open_secrets(row, folder, said + told)
    if not row.exact:
        wrong += steering("standard error", said)
        wrong += steering("standard output", told)
    if row.json:
        wrong += not_json(told)
    return wrong
