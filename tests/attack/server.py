"""server.py: a server on loopback that answers as a table says, and remembers
all that it heard.

`answers` has for each call (getToken, SyncData, GetData, or a path that is asked
for, "/pages?p=2") what is sent back: the
bytes of a whole HTTP answer (http makes one), a function of the request's body
that gives them or yields them piece by piece, or a list of these, one after the
other, the last one again and again; after Closed bytes the connection ends. A
call without an answer goes well. What
comes in and is no such request (a CONNECT, a TLS hello) counts as one too."""
import json
import re
import socketserver
import threading

TOKEN = "t0k3n-of-the-server-77"


def http(body=b"", status=200, headers=(), reason="OK"):
    """A whole answer; `body` may be a text or what becomes JSON."""
    if isinstance(body, dict):
        body = json.dumps(body)
    if isinstance(body, str):
        body = body.encode()
    lines = [f"HTTP/1.1 {status} {reason}", *headers,
             f"Content-Length: {len(body)}"]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


class Closed(bytes):
    closes = True


def well(**members):
    return {"success": True, "code": 200, "messages": "SUCCESS", **members}


def ill(code, text="no", **members):
    return {"success": False, "code": code, "messages": text, **members}


def stored(body):
    return http(well(records=len(json.loads(body)["data"]), fkey="key_1"))


WELL = {
    "getToken": http(well(token={"accesstoken": TOKEN,
                                 "expires": "2999-01-01T00:00:00Z"})),
    "SyncData": stored,
    "GetData": http(well(records=0, data=[])),
}


class Handler(socketserver.StreamRequestHandler):
    def request_of(self):
        """First line, header lines, body; None where all has been said."""
        first = self.rfile.readline(65536)
        if not first:
            return None
        lines = [first]
        if re.match(rb"[A-Z]+ \S+ HTTP/1", first):
            while lines[-1].strip():
                lines.append(self.rfile.readline(65536))
        head = b"".join(lines)
        length = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
        return head, self.rfile.read(int(length[1]) if length else 0)

    def handle(self):
        try:
            while (request := self.request_of()) is not None:
                head, body = request
                self.server.heard.append(head + body)
                call = (re.match(rb"POST \S*/api/(\w+) ", head) or
                        re.match(rb"[A-Z]+ (/\S+) HTTP/1", head))
                if not call:
                    self.wfile.write(http("no", 404))
                    return
                if self.answer(call[1].decode(), body) == "closed":
                    return
        except OSError:
            pass  # the client went away

    def answer(self, call, body):
        what = self.server.next(call)
        closes = getattr(what, "closes", False)
        if callable(what):
            what = what(body)
        for piece in [what] if isinstance(what, bytes) else what:
            self.wfile.write(piece)
            self.wfile.flush()
        return "closed" if closes else None


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True

    def __init__(self, answers):
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers = {**WELL, **answers}
        self.answers = {call: list(what) if isinstance(what, list) else [what]
                        for call, what in self.answers.items()}
        self.heard = []
        self.port = self.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self.serve_forever, args=(0.02,),
                         daemon=True).start()

    def next(self, call):
        left = self.answers.get(call, [http("no", 404)])
        return left.pop(0) if len(left) > 1 else left[0]

    def judge(self, row):
        self.shutdown()
        self.server_close()
        wrong = []
        heard = b"\n".join(self.heard).decode(errors="replace")
        if row.requests is not None and len(self.heard) != row.requests:
            wrong.append(f"{len(self.heard)} requests, not {row.requests}")
        if not re.search(row.hears, heard):
            wrong.append(f"the server does not hear: {row.hears}")
        if row.hears_not and re.search(row.hears_not, heard):
            wrong.append(f"the server hears: {row.hears_not}")
        return wrong
