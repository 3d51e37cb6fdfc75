"""A TCP proxy that behaves as a bad network does: latency, a narrow line,
connections that break off in the middle, by RST or by a half-closed end.

It knows nothing of HTTP. Each connection draws from the seed and its number
what will become of it; `pass_on` off cuts everything, as a pulled cable."""
import random
import socket
import threading
import time

from faults import reset


class Proxy:
    """In front of 127.0.0.1:`target`, on `port`, until stop."""

    def __init__(self, target, seed=1, loss=0.0, latency=0.0, rate=0,
                 half_closed=False, most=6000):
        self.target, self.seed = target, seed
        self.loss = loss          # share of connections that break off
        self.latency = latency    # seconds that each piece takes
        self.rate = rate          # bytes a second; 0: no limit
        self.half_closed = half_closed  # the end comes as FIN of one side
        self.most = most          # bytes within which a doomed one breaks off
        self.pass_on = True
        self.connections = self.broken = 0
        self.open = set()
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        self.listener.close()
        self.cut()

    def cut(self):
        """Breaks off all that is open."""
        for link in list(self.open):
            link.end()

    def accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            self.connections += 1
            if not self.pass_on:
                reset(client)
                continue
            try:
                server = socket.create_connection(("127.0.0.1", self.target))
            except OSError:
                reset(client)
                continue
            Link(self, client, server, self.connections).start()


class Link:
    """One connection, a thread for each way."""

    def __init__(self, proxy, client, server, number):
        self.proxy, self.client, self.server = proxy, client, server
        chance = random.Random(f"{proxy.seed} {number}")
        doomed = chance.random() < proxy.loss
        self.left = chance.randrange(1, proxy.most) if doomed else None
        self.lock = threading.Lock()
        for end in (client, server):
            end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def start(self):
        self.proxy.open.add(self)
        for way in ((self.client, self.server), (self.server, self.client)):
            threading.Thread(target=self.carry, args=way, daemon=True).start()

    def allowed(self, data):
        """As much of it as still goes through."""
        with self.lock:
            if self.left is None:
                return data
            data = data[:self.left]
            self.left -= len(data)
            return data

    def carry(self, source, sink):
        size = 512 if self.proxy.rate else 16384
        try:
            while data := source.recv(size):
                if self.proxy.latency:
                    time.sleep(self.proxy.latency)
                if self.proxy.rate:
                    time.sleep(len(data) / self.proxy.rate)
                through = self.allowed(data)
                sink.sendall(through)
                if len(through) < len(data) or self.left == 0:
                    self.proxy.broken += 1
                    return self.end()
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            self.end()

    def end(self):
        self.proxy.open.discard(self)
        for side in (self.client, self.server):
            try:
                if self.proxy.half_closed:
                    side.shutdown(socket.SHUT_WR)
                else:
                    side.shutdown(socket.SHUT_RD)
                    reset(side)
            except OSError:
                continue
