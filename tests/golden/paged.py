"""paged.py: exports in pages, served well and badly, on loopback.

The path says how: /link, /cursor, /page, /offset and /json are whole; others
throttle, fail, lead elsewhere, end early, or never end. Each request is a line
of the log, with what it brought that may be secret.
"""
import gzip
import http.server
import json
import os
import sys
import threading
import time
from urllib.parse import parse_qs, quote, urlsplit

ROWS = [("KH%d" % i, "Khách %d" % i) for i in range(1, 8)]
tries = {}


def csv(rows):
    return "".join("%s;%s\n" % row for row in [("Code", "Name"), *rows])


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *words):
        pass

    def answer(self, body, status=200, length=None, **headers):
        body = body.encode() if isinstance(body, str) else body
        self.send_response(status)
        self.send_header("Content-Length", length or len(body))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)
        if length:
            self.close_connection = True

    def do_POST(self):
        self.body = self.rfile.read(int(self.headers["Content-Length"]))
        self.do_GET()
        self.body = b""

    do_PUT = do_PATCH = do_REPORT = do_QUERY = do_POST

    def do_PROPFIND(self):
        self.do_GET()

    def sent(self, query):
        """What came, as rows."""
        body = getattr(self, "body", b"").decode()
        self.answer(csv([(self.command, self.headers.get("Content-Type", "no type")),
                         ("body", '"%s"' % (body.replace('"', '""') or "no body"))]))

    def to_sent(self, query):
        self.answer("", int(query["status"]), Location="/sent")

    def to_other(self, query):
        self.answer("", int(query["status"]), Location=OTHER + "/sent")

    def do_GET(self):
        url = urlsplit(self.path)
        query = {name: values[0] for name, values in
                 parse_qs(url.query).items()}
        tries[self.path] = tries.get(self.path, 0) + 1
        brought = [name + "=" + self.headers[name] for name in
                   ("Authorization", "X-Key", "X-Own", "If-None-Match",
                    "If-Modified-Since") if name in self.headers]
        print(self.command, self.path, *brought, file=LOG, flush=True)
        getattr(self, url.path.strip("/").replace("-", "_"))(query)

    def whole(self, query):
        self.answer(csv(ROWS))

    def link(self, query):
        at = int(query.get("p", 1))
        more = at < 3 and '<?p=%d>; rel="next", ' % (at + 1) or ""
        self.answer(csv(ROWS[3 * at - 3:3 * at]),
                    Link=more + '</link?p=1>; rel="first"')

    def throttled(self, query):
        if tries[self.path] == 1:
            return self.answer("slow down", 429, Retry_After="0")
        self.link(query)

    def failing(self, query):
        if tries[self.path] == 1:
            return self.answer("oh", 503)
        if int(query.get("p", 1)) == 2 and tries[self.path] == 2:
            return self.answer("Code;Na", length=500)
        self.answer(csv(ROWS[:3]) if "p" not in query else csv(ROWS[3:]),
                    **({} if "p" in query else {"Link": '<?p=2>; rel=next'}))

    def broken(self, query):
        self.answer("Code;Name\nKH1;A", length=500)

    def second_broken(self, query):
        if "p" in query:
            return self.answer("Code;Name\nKH9;A", length=500)
        self.answer(csv(ROWS[:2]), Link="<?p=2>; rel=next")

    def second_other(self, query):
        if "p" in query:
            return self.answer("Name;Code\nA;KH9\n")
        self.answer(csv(ROWS[:2]), Link="<?p=2>; rel=next")

    def second_missing(self, query):
        if "p" in query:
            return self.answer("no such page", 404)
        self.answer(csv(ROWS[:2]), Link="<?p=2>; rel=next")

    def page(self, query):
        at = int(query["page"])
        self.answer(csv(ROWS[3 * at - 3:3 * at]))

    def page_zeros(self, query):
        self.answer(csv(ROWS[:3]) if query["page"] == "1" else "\0\0\0")

    def joined(self, query):
        """Pages of what only lines and values of JSON are: many pieces of one whole."""
        at = int(query.get("p", 1))
        code, name = ROWS[at - 1]
        text = {"html": "<html>\n<table><tr><th>Code<th>Name</tr><tr><td>%s<td>%s</tr></table></html>\n",
                "xml": "<rows>\n<row><Code>%s</Code><Name>%s</Name></row></rows>\n",
                "utf16": "\ufeffCode;Name\n%s;%s\n"}[query["as"]] % (code, name)
        self.answer(text.encode("utf-16-le" if query["as"] == "utf16" else "utf-8"),
                    Link="<?as=%s&of=%s&p=%d>; rel=next" % (query["as"], query["of"], at + 1) if at < int(query["of"]) else "")

    def capped(self, query):
        """Two rows at most, however many are asked for."""
        at = int(query["from"])
        rows = ROWS[at:at + 2]
        if query["as"] == "csv":
            return self.answer(csv(rows))
        self.answer(json.dumps({"total": len(ROWS), "rows": [{"Code": c, "Name": n} for c, n in rows]}))

    def trouble(self, query):
        """The second page says with 200 what went wrong."""
        at = int(query.get("after") or query.get("page") or query.get("p") or 1)
        if at == 2:
            return self.answer(query.get("says", ""))
        if query["as"] == "csv":
            return self.answer(csv(ROWS[:3]), Link="<?as=csv&says=%s&p=2>; rel=next" % quote(query["says"]))
        rows = [{"Code": c, "Name": n} for c, n in ROWS[3 * at - 3:3 * at]]
        self.answer(json.dumps({"rows": rows, "next": at + 1 if at < 3 else None}))

    def lines(self, query):
        """NDJSON, three rows at most."""
        at = int(query["from"]) if "from" in query else 3 * int(query["page"]) - 3
        self.answer("".join(json.dumps({"Code": c, "Name": n}) + "\n" for c, n in ROWS[at:at + 3]))

    def marked(self, query):
        """JSON behind a byte order mark."""
        at = int(query.get("after", 0))
        rows = [{"Code": c, "Name": n} for c, n in ROWS[at:at + 3]]
        self.answer("\ufeff" + json.dumps({"rows": rows, "next": at + 3 if at + 3 < len(ROWS) else None}))

    def wrapping(self, query):
        """After the last page comes the first."""
        at = (int(query["page"]) - 1) % 3
        self.answer(csv(ROWS[3 * at:3 * at + 3]))

    def total(self, query):
        """What the pages say that there is may be more than they bring."""
        at = int(query["from"]) if "from" in query else 3 * int(query["page"]) - 3
        rows = [{"Code": c, "Name": n} for c, n in ROWS[at:at + 3]]
        self.answer(json.dumps({"total": int(query["says"]), "rows": rows}))

    def busy(self, query):
        """The second page fails once, while the first is being mapped for long."""
        if "p" not in query:
            return self.answer("Code;Name;Pad\n" + "".join("KH%d;A;%s\n" % (i, "x" * 1000) for i in range(10, 10010)),
                               Link="<?p=2>; rel=next")
        if tries[self.path] == 1:
            return self.answer("oh", 503)
        self.answer("Code;Name;Pad\nKH1;A;\n")

    def round(self, query):
        self.answer(csv(ROWS[:1]), Link="</round>; rel=next")

    def endless(self, query):
        at = int(query.get("p", 1))
        self.answer(csv([("KH%d" % at, "A")]), Link="<?p=%d>; rel=next" % (at + 1))

    def endless_body(self, query):
        self.send_response(200)
        self.send_header("Content-Length", "9" * 15)
        self.end_headers()
        try:
            while True:
                self.wfile.write(b"KH1;A\n" * 1000)
        except OSError:
            self.close_connection = True

    def json_offset(self, query):
        at = int(query["from"])
        rows = [{"Code": c, "Name": n} for c, n in ROWS[at:at + 3]]
        self.answer(json.dumps({"meta": {"total": len(ROWS)}, "rows": rows}))

    def json_short(self, query):
        at = int(query["from"])
        rows = [{"Code": c, "Name": n} for c, n in ROWS[at:at + 3]]
        self.answer(json.dumps({"meta": {"total": 20}, "rows": rows}))

    def json_cursor(self, query):
        at = int(query.get("after", 0))
        rows = [{"Code": c, "Name": n} for c, n in ROWS[at:at + 3]]
        more = at + 3 < len(ROWS)
        self.answer(json.dumps({"paging": {"next": at + 3 if more else None},
                                "rows": rows}))

    def token(self, query):
        at = int(query.get("at", "9007199254740993")[-1:]) - 3
        rows = [{"Code": c, "Name": n} for c, n in ROWS[at:at + 3]]
        more = at + 3 < len(ROWS)
        self.answer(json.dumps({"rows": rows, "next":
                                9007199254740993 + at + 3 if more else None}))

    def tagged(self, query):
        tag = open("tag").read().strip()
        if self.headers.get("If-None-Match") == tag:
            self.send_response(304)
            self.send_header("ETag", tag)
            return self.end_headers()
        self.answer(csv(ROWS), ETag=tag)

    def dated(self, query):
        when = "Thu, 24 Apr 2025 10:02:42 GMT"
        if self.headers.get("If-Modified-Since") == when:
            self.send_response(304)
            return self.end_headers()
        self.answer(csv(ROWS), Last_Modified=when)

    def unasked(self, query):
        self.send_response(304)
        self.end_headers()

    def changed(self, query):
        """What is new since a time, of a clock that stands still."""
        since = query["since"]
        rows = ROWS[:3] if since < "2025" else ROWS[3:4]
        self.date = "Thu, 24 Apr 2025 10:02:42 GMT"
        self.answer(json.dumps({"rows": [{"Code": c, "Name": n}
                                         for c, n in rows]}))

    def changing(self, query):
        """Two pages; while a file says so, the second ends early."""
        first = "page" not in query
        if not first and os.path.exists("early"):
            return self.answer('{"rows":[', length=500)
        self.date = "Thu, 24 Apr 2025 10:02:42 GMT"
        self.answer(json.dumps({"rows": [{"Code": c, "Name": n} for c, n in
                                         (ROWS[:1] if first else ROWS[1:2])]}),
                    **({"Link": "<%s&page=2>; rel=next" % self.path} if first
                       else {}))

    def ahead(self, query):
        """A clock that is wrong until a file says otherwise; then nothing, packed."""
        right = os.path.exists("right")
        self.date = "Thu, 24 Apr 2025 10:02:42 GMT" if right else "Thu, 24 Apr 2999 10:02:42 GMT"
        if query["since"] == "0":
            return self.answer(csv(ROWS[:2]))
        self.answer(gzip.compress(b""), Content_Encoding="gzip")

    def later(self, query):
        self.answer("not yet", 503, Retry_After="20")

    def hanging(self, query):
        time.sleep(40)

    def nothing(self, query):
        self.answer("", 204)

    def date_time_string(self, timestamp=None):
        return getattr(self, "date", None) or super().date_time_string(timestamp)

    def moved(self, query):
        self.answer("", 302, Location="/whole")

    def down(self, query):
        """The page after it is not https://."""
        self.answer(csv(ROWS[:3]), Link="<%s/link?p=2>; rel=next" % HOME)

    def away(self, query):
        self.answer("", 302, Location=OTHER + "/whole")

    def refused(self, query):
        self.answer("who are you, hunter2secret?", 401)

    def echoing(self, query):
        """What is secret stands where a message is cut."""
        self.answer("z" * 145 + " you are " + self.headers["X-Key"], 400)

    def unmeasured(self, query):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(csv(ROWS[:1]).encode())
        self.close_connection = True

    def page_of_html(self, query):
        self.answer("<html><body>log in</body></html>")


LOG = open("requests.log", "a")
servers = [http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler),
           http.server.ThreadingHTTPServer(("127.0.0.2", 0), Handler)]
HOME, OTHER = ["http://%s:%d" % s.server_address for s in servers]
for server in servers:
    threading.Thread(target=server.serve_forever, daemon=True).start()
with open("urls.part", "w") as out:
    out.write("HOME=%s OTHER=%s\n" % (HOME, OTHER))
os.rename("urls.part", "urls")
time.sleep(50)
