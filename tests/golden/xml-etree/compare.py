"""compare.py FILE PATH: the rows of `fastsync cat` are those that Python's
xml.etree finds; compare.py --random SEED: so they are of a document that is
made, in some encoding."""
import json
import random
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

XSI = "{http://www.w3.org/2001/XMLSchema-instance}"


def local(name):
    return name.rsplit("}", 1)[-1]


def squeezed(text):
    return (text or "").strip()


def as_value(element, row=False):
    value = {"@" + local(name): text.strip() for name, text in element.attrib.items()
             if not name.startswith(XSI)}
    for child in element:
        name, part = local(child.tag), as_value(child)
        if child.get(XSI + "nil") == "true" and part == "":
            part = None
        if name not in value:
            value[name] = (part,)
        else:
            value[name] += (part,)
    value = {name: part if isinstance(part, str) else part[0] if len(part) == 1 else list(part)
             for name, part in value.items()}
    text = squeezed((element.text or "") + "".join(child.tail or "" for child in element))
    if not value and not row:
        return text
    if text:
        value["#text"] = text
    return value


def expected(text, path):
    root = ElementTree.fromstring(text)
    steps = path.split("/")[1:]
    return [as_value(row, True) for row in (root.findall("/".join("{*}" + step for step in steps))
                                            if steps else [root])]


def seen(text, path, *words):
    done = subprocess.run(["fastsync", "cat", "-", "--format", "xml", "--at", path, *words], input=text,
                          capture_output=True, check=False)
    if done.returncode != 0:
        return done.stderr.decode()
    rows = [json.loads(line) for line in done.stdout.decode().splitlines()]
    return [{name: part for name, part in row.items() if part is not None} for row in rows]


def without_null(rows):
    return [{name: part for name, part in row.items() if part is not None} for row in rows]


def is_same(text, path, *words):
    ours, theirs = seen(text, path, *words), without_null(expected(text, path))
    if ours != theirs:
        print("fastsync", ours, "xml.etree", theirs, sep="\n")
    return ours == theirs


LETTERS = ["", " ", "An", "Bình", "<", "&", "\"", "'", "]]>", "x y", "\n  ", "Đặng", "0912", ">"]


def text_of(chance):
    return "".join(chance.choice(LETTERS) for _ in range(chance.randrange(3)))


def escaped(text, chance):
    if "]]>" not in text and chance.random() < 0.1:
        return "<![CDATA[%s]]>" % text
    out = text.replace("&", "&amp;").replace("<", "&lt;").replace("]]>", "]]&gt;")
    return "".join("&#x%X;" % ord(letter) if chance.random() < 0.05 else letter for letter in out) \
        if "&" not in out else out


def quoted(text):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;").replace("\n", " ")


def element(chance, name, depth):
    attributes = "".join(" %s=\"%s\"" % (key, quoted(text_of(chance)))
                         for key in chance.sample(["id", "x:kind", "đ"], chance.randrange(3)))
    parts = escaped(text_of(chance), chance)
    for _ in range(chance.randrange(5) if depth > 0 else 0):
        parts += element(chance, chance.choice(["a", "b", "x:c", "tên"]), depth - 1)
        parts += escaped(text_of(chance), chance)
    if chance.random() < 0.1:
        parts += "<!-- %s --><?pi x?>" % name
    return "<%s%s>%s</%s>" % (name, attributes, parts, name)


def made(seed):
    chance = random.Random(seed)
    rows = "\n".join(element(chance, "row", 4) for _ in range(chance.randrange(1, 20)))
    encoding = chance.choice(["UTF-8", "UTF-16", "utf-8"])
    text = "<?xml version=\"1.0\" encoding=\"%s\"?>\n<all xmlns:x=\"urn:x\">%s</all>" % (encoding, rows)
    return text.encode(encoding)


if sys.argv[1] == "--random":
    good = all([is_same(made(seed), "all/row") for seed in range(int(sys.argv[2]), int(sys.argv[2]) + 25)])
    print("the same" if good else "not the same")
else:
    with open(sys.argv[1], "rb") as file:
        print("the same" if is_same(file.read(), sys.argv[2]) else "not the same")
