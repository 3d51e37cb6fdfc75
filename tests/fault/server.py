"""A second Fast server, of the suite's own: getToken, SyncData and GetData
over HTTP/1.1 on loopback, written from the documentation of the API alone.

It runs in threads of the process that makes it, and that process may look at
everything: `log` (every SyncData request), `store`, and the books that show a
breach of the contract, see `breaches`:

- two requests in flight at once that carry one key, unless byte-identical;
- a record stored by two different requests;
- a record sent in two different bodies though the first one's outcome was not
  a refusal (unknown: a time-out, a reset, a 5xx).

A record is a key with its content: what a later export changes is another.
Bodies struck by `partial` are kept apart (`partial_stores`): their records may
be stored again by the halves, and that is no breach."""
import hashlib
import http.server
import json
import socket
import sys
import threading
import time
from datetime import datetime, timezone

import rules
from faults import Answer, draw, error, send, KINDS


def iso(seconds):
    moment = datetime.fromtimestamp(seconds, timezone.utc)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def key_of(record):
    return record["CustomerCode"].strip().upper()


def content_of(record):
    text = json.dumps(record, sort_keys=True, ensure_ascii=False)
    return key_of(record), hashlib.blake2b(text.encode(),
                                           digest_size=8).hexdigest()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def handle(self):
        self.server.fast.connections.add(self.connection)
        try:
            super().handle()
        except OSError:
            self.close_connection = True  # the client went away
        finally:
            self.server.fast.connections.discard(self.connection)

    def do_POST(self):
        fast = self.server.fast
        length = int(self.headers.get("Content-Length", 0))
        body = self.rfile.read(length)
        if len(body) < length:
            fast.count("incomplete")
            self.close_connection = True
            return
        self.close_connection = not fast.serve(self, body)

    def log_message(self, *arguments):
        """Silent: the server keeps a log of its own."""


class Listener(http.server.ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def handle_error(self, request, client_address):
        self.fast.troubles.append(repr(sys.exc_info()[1]))


class FastServer:
    """Options are attributes and may be changed while it runs."""

    def __init__(self, **options):
        self.port = 0
        self.faults = []        # of faults.Fault
        self.seed = 1
        self.token_life = 86400
        self.max_records = 0    # more is 413
        self.max_bytes = 0
        self.latency = 0.0      # seconds before each answer of SyncData
        self.held_after = None  # so many are served; the others wait, see hold
        self.refuse = rules.guilty
        self.retry_after = [None, 0, 1]
        self.clock = time.time
        self.username, self.password = "partner", "mật-khẩu-7f3a9c"
        self.gateway = False    # one in front answers where this one does not
        self.echo = False       # messages hold the token and the password
        self.store = {}         # key: fields
        self.log = []           # a dict a SyncData request
        self.counts = {}
        self.troubles = []      # exceptions, which are faults of this file
        self.tokens = {}        # token: until when
        self.token_log = []     # when each was handed out
        self.answers = {}       # body: (status, answer), of what succeeded
        self.turns = {}         # body: how often it has come
        self.flying = {}        # key: bodies in flight, with their number
        self.most_flying = self.now_flying = 0
        self.overlaps = []      # keys in flight twice, in different bodies
        self.stores = {}        # (key, content): bodies that stored it
        self.partial_stores = {}
        self.carriers = {}      # (key, content): bodies not refused
        self.failed = {}        # body: how often it was answered with a failure
        self.excused = set()    # (key, content): of bodies that failed so often
                                # that they may go in parts, or be tried alone
        self.lock = threading.RLock()
        self.go_on = threading.Event()
        self.listener = None
        self.connections = set()
        for name, value in options.items():
            if not hasattr(self, name):
                raise AttributeError(name)
            setattr(self, name, value)

    # Life.

    def start(self):
        self.listener = Listener(("127.0.0.1", self.port), Handler)
        self.listener.fast = self
        self.port = self.listener.server_address[1]
        threading.Thread(target=self.listener.serve_forever,
                         kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def stop(self):
        """All that it holds stays; start goes on, on the same port."""
        if self.listener:
            self.listener.shutdown()
            self.listener.server_close()
            self.listener = None
        for connection in list(self.connections):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue  # it has ended by itself

    def hold(self, after=0):
        """Requests beyond the first ones wait for `release`: what a test does
        meanwhile comes in time, however slow the machine is."""
        self.held_after = after
        return self

    def release(self):
        self.go_on.set()

    def __enter__(self):
        return self.start()

    def __exit__(self, *unused):
        self.release()
        self.stop()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def count(self, name):
        with self.lock:
            self.counts[name] = self.counts.get(name, 0) + 1

    # A request.

    def serve(self, handler, body):
        """Answers one request; True: the connection goes on."""
        call = handler.path.rsplit("/", 1)[-1]
        known = {"getToken": self.get_token, "SyncData": self.sync,
                 "GetData": self.get_data}.get(call)
        if known is None or handler.path != f"/api/{call}":
            return send(handler.connection, error(404, 404, "no such page"))
        digest = hashlib.blake2b(body, digest_size=16).hexdigest()
        with self.lock:
            turn = self.turns[call, digest] = \
                self.turns.get((call, digest), 0) + 1
        fault = draw(self.faults, self.seed, call, digest, turn)
        self.count(f"{call}:{fault or 'good'}")
        if call == "SyncData":
            return self.serve_sync(handler, body, digest, fault, turn)
        answer = known(handler, body)
        if fault:
            answer = KINDS[fault][1](self, turn, answer)
        return send(handler.connection, answer)

    def serve_sync(self, handler, body, digest, fault, turn):
        entry = {"time": self.clock(), "hash": digest, "bytes": len(body),
                 "fault": fault, "turn": turn, "keys": [], "records": 0,
                 "contents": [], "code": None, "repeat": False}
        try:
            entry["contents"] = [content_of(record) for record
                                 in rules.parse(body)["data"]]
        except (ValueError, KeyError, TypeError, AttributeError):
            self.count("unreadable")
        entry["keys"] = [key for key, _ in entry["contents"]]
        entry["records"] = len(entry["keys"])
        number = self.take_off(entry)
        try:
            if self.held_after is not None and number > self.held_after:
                self.go_on.wait()
            if self.latency:
                time.sleep(self.latency)
            answer = self.sync(handler, body, entry)
            if fault:
                answer = KINDS[fault][1](self, turn, answer)
                self.note_failure(entry, answer)
        finally:
            self.touch_down(entry)
        return send(handler.connection, answer)

    def note_failure(self, entry, answer):
        answered = answer.how == "send" or self.gateway
        if not answered or entry["fault"] == "partial":
            return
        with self.lock:
            times = self.failed.get(entry["hash"], 0) + 1
            self.failed[entry["hash"]] = times
            if times >= 3:
                self.excuse(set(entry["contents"]))

    def excuse(self, contents):
        """And all that came in one batch with them."""
        for entry in self.log:
            if contents & set(entry["contents"]):
                self.excused.update(entry["contents"])

    def take_off(self, entry):
        with self.lock:
            self.log.append(entry)
            number = len(self.log)
            self.now_flying += 1
            self.most_flying = max(self.most_flying, self.now_flying)
            for key in entry["keys"]:
                flying = self.flying.setdefault(key, {})
                if set(flying) - {entry["hash"]}:
                    self.overlaps.append(key)
                flying[entry["hash"]] = flying.get(entry["hash"], 0) + 1
            return number

    def touch_down(self, entry):
        """Before the answer goes out: the client may act upon it at once."""
        with self.lock:
            self.now_flying -= 1
            for key in entry["keys"]:
                flying = self.flying[key]
                flying[entry["hash"]] -= 1
                if flying[entry["hash"]] == 0:
                    del flying[entry["hash"]]

    # The calls.

    def get_token(self, handler, body):
        try:
            request = rules.parse(body)
        except ValueError as why:
            return error(400, 400, str(why))
        if (request.get("username"), request.get("password")) != \
                (self.username, self.password):
            said = f" ({self.password})" if self.echo else ""
            return error(200, 401, f"wrong user name or password{said}")
        with self.lock:
            now = self.clock()
            token = hashlib.blake2b(f"{self.seed} {len(self.tokens)} {now}"
                                    .encode(), digest_size=20).hexdigest()
            self.tokens[token] = now + self.token_life
            self.token_log.append(now)
        return self.good({"messages": "Success", "token": {
            "accesstoken": token, "expires": iso(now + self.token_life)}})

    def good(self, members):
        body = {"success": True, "code": 200, **members}
        return Answer(200, {}, json.dumps(body, ensure_ascii=False).encode())

    def token_of(self, handler):
        return handler.headers.get("Authorization", "")

    def authorised(self, handler):
        return self.tokens.get(self.token_of(handler), 0) > self.clock()

    def sync(self, handler, body, entry):
        fault = entry["fault"]
        with self.lock:
            if not self.authorised(handler):
                entry["code"] = 401
                return error(401, 401, "the token is not valid")
            if fault == "expire":
                self.tokens.pop(self.token_of(handler))
                entry["code"] = 401
            elif fault and not KINDS[fault][0]:
                self.carry(entry)
            else:
                return self.carry_out(handler, body, entry)
        return error(500, 500, "never sent")

    def too_large(self, body, entry):
        return (self.max_records and entry["records"] > self.max_records) or \
            (self.max_bytes and len(body) > self.max_bytes)

    def carry_out(self, handler, body, entry):
        if self.too_large(body, entry):
            entry["code"] = 413
            self.uncarry(entry)
            return error(413, 413, "the request is too large")
        if entry["hash"] in self.answers:
            entry["repeat"], entry["code"] = True, 200
            self.carry(entry)
            return self.answers[entry["hash"]]
        code, message, records = rules.judge(body, self.refuse)
        entry["code"] = code
        if code != 200:
            self.uncarry(entry)
            if self.echo:
                message += f" ({self.token_of(handler)}, {self.password})"
            return error(200 if code == 601 else 400, code, message)
        return self.keep(entry, records)

    def keep(self, entry, records):
        part = entry["fault"] == "partial"
        if part:
            records = records[:len(records) // 2]
            entry["code"] = "partial"
            self.uncarry(entry)
        else:
            self.carry(entry)
        book = self.partial_stores if part else self.stores
        for record in records:
            self.store.setdefault(key_of(record), {}).update(record)
            book.setdefault(content_of(record), set()).add(entry["hash"])
        answer = self.good({"messages": "SUCCESS", "records": len(records),
                            "fkey": f"key_{entry['hash'][:12]}"})
        if not part:
            self.answers[entry["hash"]] = answer
        return answer

    def carry(self, entry):
        """The client may not know that these are not stored."""
        for content in entry["contents"]:
            self.carriers.setdefault(content, set()).add(entry["hash"])

    def uncarry(self, entry):
        """Now it may know: this body was refused, so all of its sendings."""
        for content in entry["contents"]:
            self.carriers.get(content, set()).discard(entry["hash"])

    def get_data(self, handler, body):
        if not self.authorised(handler):
            return error(401, 401, "the token is not valid")
        try:
            request = rules.parse(body)
        except ValueError as why:
            return error(400, 400, str(why))
        if request.get("form") != "getCustomer":
            return error(200, 201, "form does not exist")
        code = request.get("Id")
        with self.lock:
            found = [fields for key, fields in sorted(self.store.items())
                     if code is None or key == str(code).strip().upper()]
        return self.good({"messages": "SUCCESS", "records": len(found),
                          "data": found})

    # What the books say.

    def breaches(self):
        """Lines that tell what no client may do; none: all is well."""
        with self.lock:
            lines = [f"key {key} was in flight twice" for key in self.overlaps]
            for book, what in ((self.stores, "stored by"),
                               (self.carriers, "carried, outcome unknown, by")):
                lines += [f"record {key} was {what} {len(bodies)} different "
                          "requests" for (key, content), bodies in book.items()
                          if len(bodies) > 1
                          and (key, content) not in self.excused]
            return lines + [f"server: {text}" for text in self.troubles]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
