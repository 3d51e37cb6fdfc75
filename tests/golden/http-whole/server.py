"""server.py: 3000 customers, 400 a page, by every rule of `next`, as JSON and as CSV, in a page of 20 MB
and packed; one answer in ten is an error, and one in ten is cut."""
import gzip
import http.server
import json
import os
import random
from urllib.parse import parse_qs, urlsplit

random.seed(13)
SIZE = 400
ROWS = [("KH%05d" % i, "Công ty %d %s" % (i, "".join(random.choices('abcđê ;"\'\\', k=20)).strip())) for i in range(3000)]
WIDE = [(code, name + " " + "x" * 60) for code, name in ROWS]
tries = {}


def csv(rows):
    return "".join('%s,"%s"\n' % (code, name.replace('"', '""')) for code, name in [("Code", "Name"), *rows])


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *words):
        pass

    def answer(self, text, cut=False, **headers):
        body = text.encode() if isinstance(text, str) else text
        self.send_response(200)
        self.send_header("Content-Length", len(body))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body[:len(body) // 2] if cut else body)
        self.close_connection = cut

    def do_GET(self):
        url = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(url.query).items()}
        tries[self.path] = tries.get(self.path, 0) + 1
        luck = hash(self.path) % 10 if tries[self.path] == 1 else -1
        if luck == 0:
            self.send_response(503)
            self.send_header("Retry-After", "0")
            self.send_header("Content-Length", "0")
            return self.end_headers()
        way, form = url.path.strip("/").split("-")
        at = {"page": (int(query.get("n", 1)) - 1) * SIZE}.get(way, int(query.get("n", 0)))
        rows = ROWS[at:at + SIZE] if way != "all" else WIDE
        more = way != "all" and at + SIZE < len(ROWS)
        head = {"Link": '<?n=%d>; rel="next"' % (at + SIZE)} if more and way == "link" else {}
        text = csv(rows)
        if form != "csv":
            text = json.dumps({"rows": [{"Code": c, "Name": n} for c, n in rows],
                               "next": at + SIZE if more else None, "total": len(ROWS)},
                              ensure_ascii=False)
        if form == "gzip":
            text, head = gzip.compress(text.encode()), {**head, "Content-Encoding": "gzip"}
        if way == "all" and form == "csv":
            text += "\n" * 17000000
        self.answer(text, cut=luck == 1, **head)


with open("given.json", "w") as out:
    json.dump([ROWS, WIDE], out)
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
with open("url.part", "w") as out:
    out.write("http://%s:%d" % server.server_address)
os.rename("url.part", "url")
server.serve_forever()
