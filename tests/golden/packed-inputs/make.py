"""Made once, by Python 3.11 and zstd 1.5: the files of this folder."""
import bz2, gzip, io, lzma, subprocess, tarfile, zipfile

CSV = "Mã,Tên\nKH01,Công ty A\nKH02,Công ty B\n".encode()
MORE = b"KH03,Ba\n"


def write(name, content):
    with open(name, "wb") as file:
        file.write(content)


def zipped(members):
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as made:
        for name, content in members:
            made.writestr(zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return whole.getvalue()


def tarred(members, mode="w"):
    whole = io.BytesIO()
    with tarfile.open(fileobj=whole, mode=mode) as made:
        for name, content in members:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            made.addfile(info, io.BytesIO(content))
    return whole.getvalue()


def packed(content):
    return gzip.compress(content, mtime=0)


def zstd(content):
    return subprocess.run(["zstd", "-q", "-c"], input=content, stdout=subprocess.PIPE, check=True).stdout


for end, pack in (("gz", packed), ("bz2", bz2.compress), ("xz", lzma.compress), ("zst", zstd)):
    write(f"kh.csv.{end}", pack(CSV))
    write(f"two.csv.{end}", pack(CSV) + pack(MORE))
write("two.csv.gz", packed(CSV) + packed(MORE) + bytes(100))
write("utf8.zip", zipped([("khách hàng.csv", CSV)]))
write("one.zip", zipped([("__MACOSX/._kh.csv", b"x"), ("xuất/", b""), ("xuất/kh.csv", CSV), ("xuất/.DS_Store", b"x"),
                         ("Thumbs.db", b"x"), ("README.txt", b"x"), ("hướng dẫn.pdf", b"x")]))
write("cp437.zip", zipped([("X" * 15, CSV)]).replace(b"X" * 15, "Kundé_Größe.csv".encode("cp437")))
write("cp1258.zip", zipped([("X" * 14, CSV)]).replace(b"X" * 14, "Khách hàng.csv".encode("cp1258")))
write("controls.zip", zipped([("X" * 12, CSV)]).replace(b"X" * 12, b"a\x1b[2J\nb\x7f.csv"[:12]))
write("readme.zip", zipped([("readme.csv", CSV)]))
write("nested.zip", zipped([("kh.csv.gz", packed(CSV))]))
write("thrice.zip", zipped([("in.zip", zipped([("kh.csv.xz", lzma.compress(CSV))]))]))
write("several.zip", zipped([("a/kh.csv", CSV), ("b/ncc.csv", CSV.replace(b"KH", b"NC")), ("c/kh.txt", CSV)]))
write("one.tar", tarred([("khách hàng.csv", CSV)]))
write("one.tar.gz", packed(tarred([("x/README", b"x"), ("x/kh.csv", CSV)])))
write("one.tar.bz2", tarred([("kh.csv", CSV)], "w:bz2"))
write("several.tar.xz", tarred([("x/a.csv", CSV), ("x/kh.csv", CSV.replace(b"KH", b"XX"))], "w:xz"))
write("inner.zip", zipped([("x/in.zip", zipped([("a.csv", CSV), ("b/kh.csv", CSV.replace(b"KH", b"IN"))])),
                           ("in.tar.gz", packed(tarred([("a.csv", MORE + CSV), ("c.csv", CSV)])))]))
