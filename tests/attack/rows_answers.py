"""rows_answers.py: what a server, or who sits before it, answers. Nothing but a
whole, unambiguous answer accepts a record; whatever it echoes, no secret of
ours comes out of it; and it can neither send us elsewhere nor keep us."""
import gzip
import json
import time

from kit import Attack
from server import TOKEN, http, ill, well

PASSWORD = "pass-w0rd-55aa"
SECRETS = f"{PASSWORD}|{TOKEN}"
FILES = {"secret": PASSWORD.encode() + b"\n"}
TO = '--url "$URL" --username u --password-file secret --retry-for 0 --timeout 2'
RUN = f"fastsync run m.lua in.csv -q {TO}"
REJECTED, NETWORK, RIGHTS = 3, 7, 6
ACCEPTED = r"2 rows = 2 accepted"


def answered(name, answer, code=NETWORK, says="2 pending", call="SyncData",
             shell=RUN, **more):
    more = {"hides": SECRETS, "wall": 20, "says_not": "[12] accepted", **more}
    return Attack(f"answer-{name}", shell=shell, answers={call: answer},
                  files=FILES, code=code, says=says, **more)


def body(text, **more):
    return http(text.encode() if isinstance(text, str) else text, **more)


# Bodies that are not one whole, unambiguous object. (Or are: CONTROL.)
CONTROL = {
    "plain": '{"success":true,"code":200,"records":2}',
    "blanks": ' \r\n\t{"success":true,"code":200,"records":2}\n ',
    "more-members": '{"success":true,"code":200,"records":2,"x":[1,{"y":2}]}',
    # A text of an older encoding is what a Vietnamese server may say.
    "no-utf-8": b'{"success":true,"records":2,"messages":"Th\xe0nh c\xf4ng"}',
    "overlong": b'{"success":true,"records":2,"fkey":"\xc0\xaf\xe0\x80\xaf"}',
    "surrogate": '{"success":true,"records":2,"fkey":"\\ud800 \\udc00\\ud800"}',
    "line-end-in-text": '{"success":true,"records":2,"fkey":"a\nb\x1b[2J"}',
    "same-name-elsewhere": '{"success":true,"records":2,"x":{"success":false}}',
}
TWICE = {
    "success": '{"success":false,"success":true,"records":2}',
    "success-same": '{"success":true,"success":true,"records":2}',
    "success-escaped": '{"success":false,"succ\\u0065ss":true,"records":2}',
    "success-all-escaped": '{"success":false,"\\u0073\\u0075\\u0063\\u0063\\u0065'
                           '\\u0073\\u0073":true,"records":2}',
    "records": '{"success":true,"records":1,"records":2}',
    "code": '{"success":true,"code":500,"code":200,"records":2}',
    "fkey": '{"success":true,"records":2,"fkey":"a","fkey":"b"}',
    "foreign": '{"success":true,"records":2,"x":1,"x":2}',
    "nested": '{"success":true,"records":2,"x":{"a":1,"a":2}}',
    "nested-deep": '{"success":true,"records":2,"x":[[[{"a":{"b":1,"b":2}}]]]}',
    "empty-name": '{"success":true,"records":2,"":1,"":2}',
    "surrogates": '{"success":true,"records":2,"\\ud83d\\ude00":1,"\U0001f600":2}',
}
BROKEN = {
    "nul": '{"success":true,"records":2}\0',
    "nul-inside": '{"success":true,\0"records":2}',
    "nul-in-name": '{"success\0":true,"records":2}',
    "nul-escaped-name": '{"success\\u0000":true,"records":2}',
    "behind": '{"success":true,"records":2}x',
    "two": '{"success":true,"records":2}{"success":false}',
    "two-lines": '{"success":true,"records":2}\n{"success":false}',
    "open": '{"success":true,"records":2',
    "array": '[{"success":true,"records":2}]',
    "text": '"success"',
    "comma": '{"success":true,"records":2,}',
    "single-quotes": "{'success':true,'records':2}",
    "comment": '{"success":true,/* */"records":2}',
    "no-quotes": '{success:true,records:2}',
    "utf-16": '\ufeff{"success":true,"records":2}'.encode("utf-16-le"),
    "utf-32": '{"success":true,"records":2}'.encode("utf-32-be"),
    "deep": '{"success":true,"records":2,"x":' + "[" * 100000 + "]" * 100000 + "}",
    "deep-open": '{"x":' * 200000,
    "empty": "",
    "page": "<html><body>success</body></html>",
    "page-with-json": '<html>{"success":true,"records":2}</html>',
    "script": 'while(1);{"success":true,"records":2}',
    "callback": 'f({"success":true,"records":2})',
    "zip": gzip.compress(b'{"success":true,"records":2}'),
}
# Counts that are not the two which were sent.
COUNTS = {
    "three": "3", "none": "0", "negative": "-2", "huge": "2e300",
    "overflow": "18446744073709551618", "overflow-32": "4294967298",
    "fraction": "2.5", "null": "null", "true": "true", "list": "[2]",
    "object": '{"records":2}', "text-nul": '"2\\u0000"', "text-blank": '"2 x"',
    "text-empty": '""', "hex": '"0x2"', "infinite": "1e999",
}
ROWS = [answered(f"good-{name}", body(text), 0, ACCEPTED, says_not=None)
        for name, text in CONTROL.items()]
ROWS += [answered(f"twice-{name}", body(text)) for name, text in TWICE.items()]
ROWS += [answered(f"broken-{name}", body(text)) for name, text in BROKEN.items()]
# Each half of it is answered well.
ROWS += [answered("count-one", body('{"success":true,"records":1}'), 0, ACCEPTED,
                  requests=4, says_not=None)]
ROWS += [answered(f"count-{name}",
                  body('{"success":true,"code":200,"records":%s}' % count),
                  code=None, says="pending|rejected")
         for name, count in COUNTS.items()]


# Below JSON: what is no HTTP, or lies about itself.
GOOD = json.dumps(well(records=2)).encode()


def chunked(*pieces):
    lines = b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces)
    return b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + lines


def drip(_):
    """A byte a moment, for ever."""
    yield b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"
    while True:
        time.sleep(0.2)
        yield b" "


def headers_for_ever(_):
    yield b"HTTP/1.1 200 OK\r\n"
    while True:
        yield b"X-Filler: " + b"x" * 1000 + b"\r\n"


def hints_for_ever(_):
    while True:
        yield b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" * 50


def bytes_for_ever(_):
    yield b"HTTP/1.1 200 OK\r\n\r\n"
    while True:
        yield b" " * 65536


def chunks_for_ever(_):
    yield b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    while True:
        yield b"10000\r\n" + b" " * 65536 + b"\r\n"


def silence(_):
    time.sleep(8)
    yield b""


def close(_):
    raise OSError


OK = b"HTTP/1.1 200 OK\r\n"
BELOW = {
    "drip": drip, "silence": silence, "headers-for-ever": headers_for_ever,
    "hints-for-ever": hints_for_ever, "bytes-for-ever": bytes_for_ever,
    "chunks-for-ever": chunks_for_ever, "close": close,
    "no-http": GOOD,
    "http-0.9": b"<html>hello</html>",
    "length-too-long": lambda _: short(OK + b"Content-Length: 900\r\n\r\n" + GOOD),
    "length-too-short": OK + b"Content-Length: 20\r\n\r\n" + GOOD,
    "length-negative": OK + b"Content-Length: -1\r\n\r\n" + GOOD,
    "length-twice": OK + b"Content-Length: %d\r\nContent-Length: 5\r\n\r\n"
                    % len(GOOD) + GOOD,
    "length-huge": OK + b"Content-Length: 99999999999999999999\r\n\r\n" + GOOD,
    "chunk-no-end": lambda _: short(chunked(GOOD)),
    "chunk-bad-size": chunked(GOOD).replace(b"\r\n\r\n", b"\r\n\r\nzz", 1),
    "chunk-huge-size": OK + b"Transfer-Encoding: chunked\r\n\r\n"
                       b"ffffffffffffffffff\r\n" + GOOD,
    "bomb": http(gzip.compress(GOOD[:-1] + b',"x":"' + b" " * 80_000_000 + b'"}'),
                 headers=["Content-Encoding: gzip"]),
    "bomb-brotli": http(GOOD, headers=["Content-Encoding: br"]),
    "status-0": b"HTTP/1.1 000 OK\r\nContent-Length: 2\r\n\r\n{}",
    "status-999": b"HTTP/1.1 999 OK\r\nContent-Length: 2\r\n\r\n{}",
    "upgrade": b"HTTP/1.1 101 Switching\r\nUpgrade: h2c\r\n\r\n" + GOOD,
    "status-204": b"HTTP/1.1 204 No Content\r\n\r\n",
    "status-304": b"HTTP/1.1 304 Not Modified\r\n\r\n",
    "success-of-a-500": http(GOOD, 500, reason="no"),
    "success-of-a-404": http(GOOD, 404, reason="no"),
    "huge": lambda _: (http(b" " * 0)[:17] + b"Content-Length: 90000000\r\n\r\n",
                       *([b" " * 1_000_000] * 90)),
}


def short(answer):
    yield answer
    raise OSError


ROWS += [answered(f"below-{name}", what, code=None, says="pending")
         for name, what in BELOW.items()]

# Elsewhere: whoever is sent there would have all that is sent. The second
# server is this one too, under a path that is no call.
ELSEWHERE = {
    "path": "/elsewhere", "host": "http://127.0.0.1:9/api/SyncData",
    "name": "http://localhost/api/SyncData", "file": "file:///etc/passwd",
    "protocol": "//127.0.0.1:9/x", "gopher": "gopher://127.0.0.1:9/x",
    "user": "http://a:b@127.0.0.1:9/", "secret": f"http://x/?{TOKEN}",
}
ROWS += [answered(f"redirect-{status}-{name}",
                  http(GOOD, status, [f"Location: {place}"], "Moved"),
                  code=None, says="pending", requests=2, hears_not="elsewhere")
         for status in (301, 302, 303, 307, 308)
         for name, place in ELSEWHERE.items()
         if status in (302, 307) or name in ("path", "host")]
ROWS += [
    answered("redirect-token", http(b"", 307, ["Location: /elsewhere"], "Moved"),
             code=None, says="", call="getToken", requests=1, hears_not="elsewhere"),
    answered("redirect-refresh", http("<html>", headers=["Refresh: 0; url=/else"]),
             requests=2),
    answered("cookie", http(well(token={"accesstoken": TOKEN, "expires":
                                        "2999-01-01T00:00:00Z"}),
                            headers=["Set-Cookie: who=tracked; Path=/"]),
             0, ACCEPTED, call="getToken", hears_not="tracked", says_not=None),
    answered("other-place", http(well(records=2), headers=[
        'Alt-Svc: h2="127.0.0.1:9"', "Strict-Transport-Security: max-age=9"]),
             0, ACCEPTED, says_not=None),
    answered("asks-basic", http("", 401, ["WWW-Authenticate: Basic realm=x"]),
             code=None, says="", hears_not="Basic"),
    answered("asks-ntlm", http("", 401, ["WWW-Authenticate: NTLM, Negotiate"]),
             code=None, says="", hears_not="NTLM|Negotiate"),
    answered("later-for-ever", http(ill(503), 503, ["Retry-After: 999999999"]),
             says="pending", shell=RUN.replace("for 0", "for 1")),
    answered("later-negative", http(ill(503), 503, ["Retry-After: -1"]),
             says="pending"),
    answered("later-rubbish", http(ill(503), 503, ["Retry-After: \x01x"]),
             says="pending"),
]
