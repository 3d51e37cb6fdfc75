import http.server
import json
import os
import sqlite3
import threading
import time

from hostile import ALL, C0, WIDE, attempt

HELD = C0.decode() + WIDE.decode() + "\x1b[0m"
SAID = HELD + " and secret-55aa"
plays = {}  # by call: status, headers, body


def refusal(status, code, text=SAID):
    return status, {}, json.dumps(
        {"success": False, "messages": text, "code": code}).encode()


def success(**members):
    return 200, {}, json.dumps({"success": True, "code": 200,
                                "messages": SAID, **members}).encode()


class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        call = self.path.rsplit("/", 1)[1]
        status, headers, body = plays[call]
        self.send_response(status, "S" + WIDE.decode("latin-1"))
        for name, text in headers.items():
            self.send_header(name, text)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST

    def log_message(self, *arguments):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
os.environ["FASTSYNC_URL"] = f"http://127.0.0.1:{server.server_port}"
os.environ["FASTSYNC_USERNAME"] = "partner"
os.environ["FASTSYNC_PASSWORD_FILE"] = "password"
GRANTED = success(token={
    "accesstoken": "t0k3n-77",
    "expires": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 36000))})
RUN = "run", "kh.lua", "-q", "--retry-for", "0", "--timeout", "5"


def play(**now):
    plays.update(now)


play(getToken=refusal(200, 401), SyncData=refusal(200, 601), GetData=refusal(200, 201))
attempt("a token that is refused", *RUN)
attempt("doctor", "doctor")
play(getToken=GRANTED)
attempt("doctor, of rights", "doctor")
attempt("records that are refused", *RUN)
attempt("the same, as JSON", *RUN, "--json")
attempt("the story of a record", "explain", "kh.lua", "K1", "-q")
attempt("status", "status", "kh.lua")
attempt("what nobody knows", *RUN)
play(SyncData=(502, {}, b"<html>\n\t<b>" + ALL))
attempt("a page", *RUN)
play(SyncData=(200, {}, ALL))
attempt("bytes", *RUN)
play(SyncData=(302, {"Location": "http://h/\x1b[31m\x9b2J\x7f"}, b""))
attempt("a redirect", *RUN)
play(SyncData=refusal(403, 403))
attempt("a right that is missing", *RUN)
play(SyncData=refusal(500, 500))
attempt("what stays pending", *RUN)
attempt("status of it, as JSON", "status", "kh.lua", "--json")
attempt("the story of it", "explain", "kh.lua", "K1", "-q")
play(SyncData=success(fkey=SAID, records=2))
attempt("what is accepted", "resume", "kh.lua", "-q")
attempt("the server's reference", "explain", "kh.lua", "K1", "-q")
play(GetData=success(data=[{"CustomerCode": "K1" + HELD, "CustomerName": HELD},
                           {"CustomerCode": "K1", "CustomerName": HELD}]))
attempt("records that differ", "verify", "kh.lua", "-q")
attempt("the same, as JSON", "verify", "kh.lua", "-q", "--json")
play(GetData=refusal(200, 201))
attempt("records that are not read", "verify", "kh.lua", "-q", "--each")

# A journal that somebody else has packed.
journal = sqlite3.connect(".fastsync/kh/journal.db")
with journal:
    journal.execute("UPDATE runs SET mapping = ?1, form = ?1, begun = ?1, "
                    "message = ?1", (HELD,))
    journal.execute("UPDATE batches SET fkey = ?1", (HELD,))
journal.close()
attempt("a journal", "status", "kh.lua")
attempt("a journal, as JSON", "status", "kh.lua", "--json")
attempt("its story", "explain", "kh.lua", "K1", "-q")
