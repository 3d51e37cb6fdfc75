"""rows_web.py: what a server answers that rows are fetched from. It can keep us
no longer than was said, take no more memory than was said, lead us nowhere, and
learn no secret that is not its own; and half of an export is never one."""
import gzip
import time
import zlib

from kit import HEAD, Attack
from server import Closed, http

USAGE, BAD_INPUT, NETWORK = 2, 4, 7
SECRET = "hunter2-s3cret"
CSV = "Code,Name\nKH1,A\nKH2,B\n"
MAP = '''map = function(row)
  return { CustomerCode = row.Code, CustomerName = row.Name, Status = "1" }
end'''
GO = "fastsync check m.lua -o - --allow-net 127.0.0.1 "
AUTH = 'echo "http_auth = 127.0.0.1:$PORT header X-Key secret" >a.ini; chmod 600 secret; '
VALID = "[1-9] valid"


def web(name, answers, says, code=BAD_INPUT, options="", go="", before="", path="/a", **more):
    script = (f"{HEAD}return fast.setCustomer {{ source = fast.http {{ url = 'BASE{path}', "
              f"timeout = 2, {options} }}, {MAP} }}\n")
    more = {"hides": SECRET, "wall": 20, "says_not": VALID, **more}
    return Attack(f"web-{name}", answers=answers, code=code, says=says,
                  files={"m.lua": script.encode(), "secret": SECRET.encode() + b"\n"},
                  env={"FASTSYNC_RETRY_FOR": "1"},
                  shell=f'sed -i "s|BASE|$URL|" m.lua; {before}{GO}{go}', **more)


def endless(head, piece, wait=0.0):
    def pieces(_):
        yield head
        while True:
            yield piece
            time.sleep(wait)
    return pieces


def head(*lines):
    return "\r\n".join(["HTTP/1.1 200 OK", *lines, "", ""]).encode()


def link(to, body=CSV):
    return http(body, headers=[f'Link: <{to}>; rel="next"'])


def bomb(packed):
    """A tenth of a gigabyte of rows in a hundredth of that."""
    packer = zlib.compressobj(9, wbits=31)
    made = b"".join(packer.compress(b"a,b\n" * 250000) for _ in range(100))
    return http(made + packer.flush(), headers=["Content-Encoding: gzip"] if packed else [])


NEXT = 'next = "link"'
CHUNKED = head("Transfer-Encoding: chunked")
ROWS = [
    web("control", {"/a": http(CSV)}, "2 valid", 0, says_not=None),
    web("endless-headers", {"/a": endless(b"HTTP/1.1 200 OK\r\n", b"X: " + b"x" * 1000 + b"\r\n")}, "", None),
    web("endless-header", {"/a": endless(b"HTTP/1.1 200 OK\r\nX: ", b"x" * 4096)}, "", None),
    web("endless-interim", {"/a": endless(b"", b"HTTP/1.1 100 Continue\r\nX: " + b"x" * 999 + b"\r\n\r\n")}, "", None),
    web("endless-body", {"/a": endless(head("Content-Length: 99999999999"), b"KH1,A\n" * 10000)},
        "max_page allows more", options='max_page = "64M"'),
    web("endless-chunks", {"/a": endless(CHUNKED, b"6\r\nKH1,A\n\r\n" * 1000)},
        "max_page allows more", options='max_page = "8M"'),
    web("drip-headers", {"/a": endless(b"HTTP/1.1 200 OK\r\n", b"X: 1\r\n", 0.1)}, "timed out", NETWORK),
    web("drip-body", {"/a": endless(head("Content-Length: 9999"), b"a", 0.1)}, "timed out", NETWORK),
    web("silence", {"/a": endless(b"", b"", 0.1)}, "timed out", NETWORK),
    web("gzip-bomb", {"/a": lambda _: bomb(True)}, "unpacks to more than 200 times", cpu=8),
    web("gzip-cut", {"/a": http(gzip.compress(CSV.encode() * 99)[:-20], headers=["Content-Encoding: gzip"])},
        "ended before its end", NETWORK),
    web("gzip-damaged", {"/a": http(gzip.compress(CSV.encode() * 99)[:-8] + bytes(8), headers=["Content-Encoding: gzip"])},
        "ended before its end", NETWORK),
    web("gzip-well", {"/a": http(gzip.compress(CSV.encode()), headers=["Content-Encoding: gzip"])}, "2 valid", 0,
        says_not=None),
    web("gzip-file", {"/a": http(gzip.compress(CSV.encode()))}, "2 valid", 0, says_not=None),
    web("gzip-file-bomb", {"/a": lambda _: bomb(False)}, "times|max_ratio", cpu=8),
    web("gzip-file-cut", {"/a": http(gzip.compress(CSV.encode() * 99)[:-20])}, "", BAD_INPUT),
    web("gzip-pages", {"/a": http(gzip.compress(CSV.encode()), headers=["Link: </b>; rel=next"]),
                       "/b": http(gzip.compress(b"Code,Name\nKH3,C\n"))}, "3 valid", 0, options='next = "link"',
        says_not=None),
    web("br", {"/a": http(CSV, headers=["Content-Encoding: br"])}, "packed as br"),
    web("gzip-says", {"/a": http(CSV, headers=["Content-Encoding: gzip"])}, "2 valid", 0, says_not=None),
    web("short", {"/a": Closed(head("Content-Length: 500") + CSV.encode())}, "ended before its end", NETWORK),
    web("chunk-cut", {"/a": Closed(CHUNKED + b"17\r\n" + CSV.encode() + b"\r\n")}, "tried", NETWORK),
    web("chunk-lies", {"/a": Closed(CHUNKED + b"ffffffff\r\n" + CSV.encode())}, "tried", NETWORK),
    web("no-length", {"/a": Closed(head() + CSV.encode())}, "whether it is whole cannot be told", 0, says_not=None),
    web("two-lengths", {"/a": Closed(head("Content-Length: 5", "Content-Length: 23") + CSV.encode())}, "", None,
        says_not="1 valid"),
    web("no-http", {"/a": Closed(CSV.encode())}, "HTTP/0.9"),
    web("asks-to-wait", {"/a": http("", 429, ["Retry-After: 99999999"])}, "429", NETWORK),
    web("asks-to-wait-rubbish", {"/a": http("", 503, ["Retry-After: -1e999"])}, "503", NETWORK),
    web("page-of-login", {"/a": http("<html><form>log in</form></html>", headers=["Content-Type: text/html"])}, "HTML",
        options='format = "csv"'),
    web("escapes", {"/a": http("\x1b]0;x\x07 no", 418, reason="\x1b[2J")}, "418", code=BAD_INPUT),
    # Where it leads.
    web("to-file", {"/a": http("", 302, ["Location: file:///etc/passwd"])}, "is no URL", hides="root:"),
    web("to-nothing", {"/a": http("", 302)}, "does not say where"),
    web("to-user", {"/a": http("", 302, ["Location: http://u:p@127.0.0.1/"])}, "no user name"),
    web("to-host", {"/a": http("", 302, ["Location: https://169.254.169.254/latest"])}, "--allow-net 169.254.169.254", USAGE),
    web("to-host-by-number", {"/a": http("", 302, ["Location: http://0x7f.2/"])}, "allow-net 127.0.0.2", USAGE),
    web("to-itself", {"/a": http("", 302, ["Location: /a"])}, "from one URL to the next"),
    web("to-far", {f"/{c}": http("", 302, [f"Location: /{d}"]) for c, d in zip("abcdefghijklm", "bcdefghijklmn")},
        "from one URL to the next", requests=11),
    web("next-file", {"/a": link("file:///etc/passwd")}, "is no URL", options=NEXT, hides="root:"),
    web("next-host", {"/a": link("http://localhost/x")}, "--allow-net localhost", USAGE, options=NEXT),
    web("next-user", {"/a": link("http://u:p@127.0.0.1/")}, "no user name", options=NEXT),
    web("next-same", {"/a": link("/a#x")}, "leads back", options=NEXT),
    web("next-missing", {"/a": link("/b")}, "404", options=NEXT),
    web("next-many", {f"/a{i}": link(f"/a{i + 1}") for i in range(30)}, "max_pages", path="/a0",
        options=f"{NEXT}, max_pages = 20", requests=20),
    web("page-again", {"/a?page=1": http(CSV), "/a?page=2": http(CSV)}, "same as the one before",
        options='next = { page = "page" }'),
    web("second-early", {"/a": link("/b"), "/b": Closed(head("Content-Length: 99") + b"Code,Name\nKH3,C\n")},
        "ended before its end", NETWORK, options=NEXT),
    web("second-other", {"/a": link("/b"), "/b": http("Name,Code\nC,KH3\n")}, "first page's header", options=NEXT),
    web("deep-json", {"/a": http('{"next":' + "[" * 1000000, headers=["Content-Type: application/json"])}, "",
        options='next = { cursor = "next" }, format = "json"', code=None),
    web("huge-cursor", {"/a": http('{"next":"' + "x" * 3000000 + '","rows":[]}')}, "", None,
        options='next = { cursor = "next", parameter = "p" }, at = "rows"'),
    # Secrets.
    web("secret-home", {"/a": http(CSV)}, "2 valid", 0, before=AUTH, go="--config a.ini", hears=f"X-Key: {SECRET}",
        says_not=None),
    web("secret-echoed", {"/a": http(f"who is {SECRET}?", 400)}, "who is ..., .*|[*][*][*]", before=AUTH,
        go="--config a.ini"),
    web("secret-query", {f"/a?k={SECRET}": http("no", 404)}, "404", before=AUTH.replace("header X-Key", "query k"),
        go="--config a.ini", hears=SECRET),
    web("secret-query-echoed", {f"/a?k={SECRET}": http("", 302, [f"Location: /b?k={SECRET}"])}, "404", go="--config a.ini",
        before=AUTH.replace("header X-Key", "query k")),
    web("secret-next", {"/a": link("/b?api_key=s3cret-of-theirs")}, "404", options=NEXT, hides="s3cret-of-theirs"),
    web("secret-in-script", {}, "stands in no script", USAGE, path="/a?api_key=s3cret-of-theirs", requests=0,
        hides=None, says_not="s3cret-of"),
    web("user-in-script", {}, "no user name", USAGE, requests=0, before="sed -i 's|//|//u:s3cret@|' m.lua;",
        hides=None, says_not="s3cret"),
    web("cookie", {"/a": http(CSV, headers=['Link: </b>; rel="next"', "Set-Cookie: a=b"]), "/b": http(CSV)}, "2 valid", 0,
        options=NEXT, says_not=None, hears_not="(?i)cookie:"),
    web("body-elsewhere", {"/a": http("", 307, ["Location: http://localhost:1/"])}, "is sent goes to none",
        options='body = "x"', go="--allow-net localhost"),
    web("no-grant", {"/a": http(CSV)}, "--allow-net 127.0.0.1", USAGE, requests=0, before="fastsync check m.lua; exit $?;"),
    web("grant-of-port", {"/a": http(CSV)}, "--allow-net 127.0.0.1", USAGE, requests=0,
        before="fastsync check m.lua --allow-net 127.0.0.1:1; exit $?;"),
    web("grant-beginning", {"/a": http(CSV)}, "--allow-net 127.0.0.1", USAGE, requests=0,
        before="fastsync check m.lua --allow-net 127.0.0; exit $?;"),
    web("grant-in-folder", {"/a": http(CSV)}, "--allow-net 127.0.0.1", USAGE, requests=0,
        before="echo 'allow_net = 127.0.0.1' >fastsync.ini; fastsync check m.lua; exit $?;"),
]
