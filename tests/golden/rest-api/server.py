"""server.py: a shop's API on loopback: it wants its token, is busy at first, gives
customers three at a time, and those alone that changed since a time."""
import http.server
import json
import os
import time
from urllib.parse import parse_qs, urlsplit

CITIES = [("12 Lê Lợi", "Bến Nghé", "TP. Hồ Chí Minh"), ("5 Trần Phú", None, "Hà Nội")]
CUSTOMERS = [{
    "id": 9007199254740990 + i,
    "name": "Khách  hàng %d" % i,
    "type": "supplier" if i == 4 else "customer",
    "address": dict(zip(("street", "ward", "city"), CITIES[i % 2])),
    "phones": ["090 123 45%02d" % i, "0281234567"] if i != 2 else [],
    "email": "Khach%d@Example.VN" % i if i % 3 else None,
    "active": i != 5,
    "updated": "2025-04-24T1%d:00:00Z" % i,
} for i in range(8)]
asked = 0


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *words):
        pass

    def date_time_string(self, timestamp=None):
        return "Thu, 24 Apr 2025 16:04:00 GMT"

    def answer(self, what, status=200, **headers):
        body = json.dumps(what).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", len(body))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        global asked
        asked += 1
        url = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(url.query).items()}
        print(self.command, self.path, file=LOG, flush=True)
        if self.headers.get("Authorization") != "Bearer t0k3n-of-the-shop":
            return self.answer({"error": "who are you?"}, 401)
        if asked == 2:
            return self.answer({"error": "slow down"}, 429, Retry_After="0")
        if url.path != "/v2/customers":
            return self.answer({"error": "not found"}, 404)
        rows = [row for row in CUSTOMERS if row["updated"] > query["updated_after"]]
        at, limit = int(query.get("after", 0)), int(query["limit"])
        more = at + limit < len(rows)
        self.answer({"data": rows[at:at + limit],
                     "paging": {"after": str(at + limit) if more else None}})


LOG = open("requests.log", "a")
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
with open("url.part", "w") as out:
    out.write("http://%s:%d" % server.server_address)
os.rename("url.part", "url")
server.serve_forever()
