"""rows_packed.py: packed inputs that mean harm: bombs, lies, names, archives
that never end. Each is refused by what it is, soon and in little memory; none
writes a file."""
import bz2
import io
import lzma
import struct
import tarfile
import zipfile
import zlib

from kit import MB, Attack

INPUT, REJECTED = 4, 3
CSV = b"Code,Name\nKH1,A\nKH2,B\n"
BLANKS = b" " * MB
GIB = 1024  # times BLANKS
HEAD = b"Code,Name\nKH1,"


def packed(name, content, says, code=INPUT, file="kh.zip", more="", **rest):
    rest.setdefault("cpu", 2)
    rest.setdefault("rss", 190 * MB)
    rest.setdefault("says_not", "CRASH|root:")
    rest.setdefault("makes_not", ("made", "../made"))
    return Attack(f"packed-{name}", files={file: content, **rest.pop("files", {})}, code=code, says=says,
                  shell=f"fastsync cat {file} {more} 2>&1", **rest)


def gzip(content):
    made = zlib.compressobj(9, zlib.DEFLATED, 31)
    return made.compress(content) + made.flush()


def bomb_gzip():
    yield gzip(HEAD)
    one = gzip(BLANKS)
    for _ in range(GIB):
        yield one


def bomb_of(pack):
    return lambda: [pack(HEAD)] + [pack(BLANKS)] * GIB


def deflated_bomb():
    """One stream, which is never packed as a whole."""
    made = zlib.compressobj(9, zlib.DEFLATED, -15)
    first = made.compress(HEAD) + made.flush(zlib.Z_FULL_FLUSH)
    one = made.compress(BLANKS) + made.flush(zlib.Z_FULL_FLUSH)
    return first + one * GIB + made.flush()


def local(name, content, size, method=8, flags=0, crc=0, packed_size=None):
    length = len(content) if packed_size is None else packed_size
    return struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, flags, method, 0, 0x21, crc, length, size, len(name), 0) + name + content


def central(name, content, size, at, method=8, flags=0, crc=0, packed_size=None):
    length = len(content) if packed_size is None else packed_size
    return struct.pack("<IHHHHHHIIIHHHHHII", 0x02014B50, 20, 20, flags, method, 0, 0x21, crc, length, size, len(name), 0, 0, 0, 0,
                       0o644 << 16, at) + name


def ended(before, directory, count, claimed=None):
    return before + directory + struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, min(count, 0xFFFF), min(claimed or count, 0xFFFF),
                                            len(directory), len(before), 0)


def zip_of(name, content, size, **more):
    return ended(local(name, content, size, **more), central(name, content, size, 0, **more), 1)


def zipped(members, method=zipfile.ZIP_DEFLATED):
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", method) as made:
        for name, content in members:
            made.writestr(zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), content, method)
    return whole.getvalue()


def raw(content):
    made = zlib.compressobj(9, zlib.DEFLATED, -15)
    return made.compress(content) + made.flush()


def bomb_zip(size=len(HEAD) + GIB * MB, pack=lambda content: content):
    """Made when it is written: who forks shall not hold it."""
    return lambda: [pack(zip_of(b"kh.csv", deflated_bomb(), size))]


def overlapping():
    """Members that share one body, as in the bomb of that kind."""
    body = raw(CSV)
    names = [b"kh%d.csv" % i for i in range(200)]
    before = local(names[0], body, len(CSV), crc=zlib.crc32(CSV))
    return ended(before, b"".join(central(name, body, len(CSV), 0, crc=zlib.crc32(CSV)) for name in names), len(names))


def twice():
    body = local(b"kh.csv", CSV, len(CSV), 0, crc=zlib.crc32(CSV))
    return ended(body * 2, b"".join(central(b"kh.csv", CSV, len(CSV), at, 0, crc=zlib.crc32(CSV)) for at in (0, len(body))), 2)


def many_members():
    before = local(b"kh.csv", CSV, len(CSV), 0, crc=zlib.crc32(CSV))
    one = central(b"kh.csv", CSV, len(CSV), 0, 0, crc=zlib.crc32(CSV))
    return ended(before, one * 100000, 100000)


def many_in_tar():
    info = tarfile.TarInfo("kh.csv")
    info.size = len(CSV)
    one = info.tobuf(tarfile.USTAR_FORMAT) + CSV.ljust(512, b"\0")
    return lambda: [one * 1000] * 100 + [bytes(1024)]


def tarred(name, content=CSV, size=None, link=None, pax=None):
    whole = io.BytesIO()
    info = tarfile.TarInfo(name)
    info.size = len(content)
    if link is not None:
        info.type, info.linkname, info.size = tarfile.SYMTYPE, link, 0
    if pax is not None:
        info.pax_headers = pax
    head = info.tobuf(tarfile.PAX_FORMAT)
    if size is not None:
        head = bytearray(head)
        head[124:136] = size
        head[148:156] = b" " * 8
        head[148:156] = b"%06o\0 " % sum(head[:512])
    whole.write(bytes(head) + content + bytes(-len(content) % 512) + bytes(1024))
    return whole.getvalue()


def sparse():
    """A hole of a TiB, as GNU writes it."""
    size = 1 << 40
    pax = {"GNU.sparse.major": "0", "GNU.sparse.minor": "1", "GNU.sparse.name": "kh.csv", "GNU.sparse.size": str(size),
           "GNU.sparse.numblocks": "2", "GNU.sparse.map": f"0,{len(CSV)},{size},0"}
    return tarred("kh.csv", pax=pax)


def seven_zip(header, content=b""):
    start = struct.pack("<QQI", len(content), len(header), zlib.crc32(header))
    return b"7z\xbc\xaf\x27\x1c\0\4" + struct.pack("<I", zlib.crc32(start)) + start + content + header


def bomb_7z():
    """One member, deflated."""
    content, size = deflated_bomb(), len(HEAD) + GIB * MB
    number = lambda value: b"\xff" + struct.pack("<Q", value)
    name = b"\0" + "kh.csv\0".encode("utf-16-le")
    streams = (b"\6\0\1\x09" + number(len(content)) + b"\0" + b"\7\x0b\1\0" + b"\1\3\4\1\x08" + b"\x0c" + number(size) + b"\0" + b"\x08\0" + b"\0")
    return [seven_zip(b"\1\4" + streams + b"\5\1\x11" + bytes([len(name)]) + name + b"\0\0", content)]


def bomb_zstd():
    """A byte that comes again and again is one block of four bytes."""
    block = lambda kind, size: struct.pack("<I", kind << 1 | size << 3)[:3]
    return [b"\x28\xb5\x2f\xfd\0\x38" + block(0, len(HEAD)) + HEAD + (block(1, 1 << 17) + b" ") * (8 * GIB)]


def symlink_zip():
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as made:
        info = zipfile.ZipInfo("kh.csv")
        info.create_system, info.external_attr = 3, 0o120777 << 16
        made.writestr(info, "/etc/passwd")
    return whole.getvalue()


def layers(count):
    content = CSV
    for _ in range(count):
        content = gzip(content)
    return content


RATIO, MANY = "more than 200 times its size.*max_ratio", "more than 10000 members.*max_members|65.?536|100000"
DAMAGED = "damaged|but"
WHOLE = "ends too early|cut off|whole"
ROWS = [
    packed("bomb-gzip", bomb_gzip, RATIO, file="kh.csv.gz"),
    packed("bomb-bzip2", bomb_of(bz2.compress), RATIO, file="kh.csv.bz2"),
    packed("bomb-xz", bomb_of(lzma.compress), RATIO, file="kh.csv.xz"),
    packed("bomb-zstd", bomb_zstd, RATIO, file="kh.csv.zst"),
    packed("bomb-7z", bomb_7z, RATIO, file="kh.7z"),
    packed("bomb-zip", bomb_zip(), RATIO),
    packed("bomb-zip-says-little", bomb_zip(100), DAMAGED + "|" + RATIO),
    packed("bomb-in-bomb", lambda: [gzip(b"".join(bomb_gzip()))], RATIO, file="kh.csv.gz"),
    packed("bomb-zip-in-gzip", bomb_zip(pack=gzip), RATIO, file="kh.gz"),
    packed("bomb-tar-in-gzip", lambda: [gzip(tarred("kh.csv", size=b"%011o\0" % (GIB * MB)))[:-8], *[gzip(BLANKS)] * 9], DAMAGED,
           file="kh.tgz"),
    packed("bomb-said-to-be-small", bomb_gzip, "more than 67108864 bytes.*max_unpacked", file="kh.csv.gz",
           more="--max-ratio 5000 --max-unpacked 64M", cpu=6),
    packed("layers", layers(40), "more than 3 times", file="kh.csv.gz"),
    packed("sizes-lie-more", zip_of(b"kh.csv", raw(CSV), 1 << 31, crc=zlib.crc32(CSV)), DAMAGED),
    packed("sizes-lie-less", zip_of(b"kh.csv", raw(CSV), 3, crc=zlib.crc32(CSV)), DAMAGED),
    packed("sizes-lie-packed", zip_of(b"kh.csv", raw(CSV), len(CSV), crc=zlib.crc32(CSV), packed_size=1 << 30), DAMAGED),
    packed("sum-lies", zip_of(b"kh.csv", raw(CSV), len(CSV), crc=1), "checksum"),
    packed("overlapping", overlapping(), "reaches into|" + DAMAGED),
    packed("directory-lies", ended(local(b"kh.csv", CSV, len(CSV), 0), central(b"kh.csv", CSV, len(CSV), 1 << 31, 0), 1), DAMAGED),
    packed("truncated", zipped([("kh.csv", CSV * 100)])[:-30], WHOLE),
    packed("truncated-gzip", gzip(CSV * 100)[:-9], WHOLE, file="kh.csv.gz"),
    packed("encrypted", zip_of(b"kh.csv", bytes(12) + raw(CSV), len(CSV), flags=1, crc=zlib.crc32(CSV)), "password"),
    packed("encrypted-strong", zip_of(b"kh.csv", bytes(40), len(CSV), flags=65, method=99), "password|" + DAMAGED),
    packed("members-100000", lambda: [many_members()], MANY),
    packed("members-100000-tar", many_in_tar(), MANY, file="kh.tar"),
    packed("twice-one-name", twice(), "2 files|two|twice"),
    packed("twice-one-name-said", twice(), "2 members", more="--member kh.csv"),
    packed("name-steers", zip_of(b"\x1b[2J\x1b]0;x\x07\r\n.csv", raw(CSV), len(CSV), crc=zlib.crc32(CSV)), "KH2", 0),
    packed("name-steers-refused", zipped([("\x1b[2J\u202ea.csv", CSV), ("b\x9b31m.csv", CSV)]), r"2 files"),
    packed("name-climbs", zipped([("../../made", CSV)]), "KH2", 0),
    packed("name-absolute", zipped([("/tmp/made", CSV)]), "KH2", 0),
    packed("name-none", zip_of(b"", raw(CSV), len(CSV), crc=zlib.crc32(CSV)), "no name|no export|no file|" + DAMAGED),
    packed("name-nul", zip_of(b"kh.csv\0.exe", raw(CSV), len(CSV), crc=zlib.crc32(CSV)), "", None),
    packed("name-long", zip_of(b"n" * 60000 + b".csv", raw(CSV), len(CSV), crc=zlib.crc32(CSV)), "", None),
    packed("name-no-text", zip_of(b"\xff\xfe\x80.csv", raw(CSV), len(CSV), crc=zlib.crc32(CSV)), "KH2", 0),
    packed("link", tarred("kh.csv", b"", link="/etc/passwd"), "no file", file="kh.tar"),
    packed("link-zip", symlink_zip(), "no file"),
    packed("sparse", sparse(), RATIO + "|max_unpacked|" + DAMAGED, file="kh.tar"),
    packed("tar-size-negative", tarred("kh.csv", size=b"\xff" * 12), "", None, file="kh.tar"),
    packed("tar-size-huge", tarred("kh.csv", size=b"\x80" + b"\x7f" * 11), "", None, file="kh.tar"),
    packed("tar-size-beyond", tarred("kh.csv", size=b"%011o\0" % (1 << 30)), WHOLE, file="kh.tar"),
    packed("tar-long-pax", lambda: [tarred("kh.csv", pax={"comment": "x" * (8 * MB)})], "", None, file="kh.tar"),
    packed("xz-memory", lzma.compress(CSV, filters=[{"id": lzma.FILTER_LZMA2, "dict_size": 1 << 20}])[:13] + bytes(64), DAMAGED,
           file="kh.csv.xz"),
    packed("7z-nothing", seven_zip(b""), "", INPUT, file="kh.7z"),
    packed("7z-nonsense", seven_zip(bytes(range(1, 256))), DAMAGED, file="kh.7z"),
    packed("7z-counts", seven_zip(b"\1\4\6\0\xff" + b"\xff" * 8 + b"\x09" + b"\xff" * 99), DAMAGED, file="kh.7z"),
    packed("7z-beyond", b"7z\xbc\xaf\x27\x1c\0\4" + struct.pack("<I", 0) + struct.pack("<QQI", 1 << 62, 1 << 62, 0), DAMAGED, file="kh.7z"),
    packed("zip-of-nothing", b"PK\3\4" * 30000, DAMAGED),
    packed("directories-only", zipped([(f"d{i}/", b"") for i in range(5000)]), "no file"),
    packed("pattern-of-stars", zipped([("a" * 4000, CSV)]), "has no member", more="--member '" + "*a" * 300 + "*b'"),
    packed("workbook-bomb", lambda: [zipped([("[Content_Types].xml", BLANKS * 300), ("xl/workbook.xml", "")])], "", INPUT, file="kh.xlsx"),
]

# A mapping is confined: what it must keep goes where it may write, or into memory.
BODY = ('local fast = require "fastsync"\nreturn fast.setCustomer { source = "kh.zip", '
        "fields = { CustomerCode = fast.col 'Code', CustomerName = fast.col 'Name', Status = '1' } }\n")
ROWS += [Attack("packed-confined", files={"kh.zip": zipped([("in.zip", zipped([("kh.csv", CSV)]))]), "m.lua": BODY.encode()}, code=0,
                says="2 valid", shell="fastsync preview m.lua >/dev/null 2>&1 && fastsync check m.lua 2>&1")]
