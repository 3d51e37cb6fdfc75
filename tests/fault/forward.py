"""A forward proxy of the tests' own: CONNECT, over TLS if it has a certificate,
with a password if it has one."""
import base64
import select
import socket
import ssl
import threading


class Forward:
    """On 127.0.0.1:`port`, until its block ends. It connects to loopback
    alone, whatever it is asked for."""

    def __init__(self, certificate=None, credentials=None):
        self.wanted = credentials and base64.b64encode(credentials.encode())
        self.tls = None
        if certificate:
            self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.tls.load_cert_chain(*certificate)
        self.tries = self.let_through = self.refused = 0
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = self.listener.getsockname()[1]
        self.address = f"127.0.0.1:{self.port}"
        threading.Thread(target=self.accept, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        self.listener.close()

    def accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            self.tries += 1
            threading.Thread(target=self.serve, args=(client,),
                             daemon=True).start()

    def serve(self, client):
        try:
            if self.tls:
                client = self.tls.wrap_socket(client, server_side=True)
            with client:
                self.tunnel(client)
        except OSError:
            pass

    def tunnel(self, client):
        head = b""
        while b"\r\n\r\n" not in head:
            more = client.recv(1)
            if not more:
                return
            head += more
        method, place, _ = head.split(b"\r\n")[0].split(b" ")
        given = [line.split(b" ")[-1] for line in head.split(b"\r\n")
                 if line.lower().startswith(b"proxy-authorization: basic ")]
        if method != b"CONNECT" or self.wanted and self.wanted not in given:
            self.refused += 1
            client.sendall(b"HTTP/1.1 407 Proxy Authentication Required\r\n"
                           b"Proxy-Authenticate: Basic realm=\"tests\"\r\n"
                           b"Content-Length: 0\r\n\r\n")
            return
        port = int(place.rpartition(b":")[2])
        with socket.create_connection(("127.0.0.1", port)) as server:
            self.let_through += 1
            client.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
            relay(client, server)


def relay(client, server):
    """Until either side has ended; in one thread, as a TLS socket wants."""
    other = {client: server, server: client}
    while True:
        held = isinstance(client, ssl.SSLSocket) and client.pending()
        ready = [client] if held else select.select(list(other), [], [])[0]
        for side in ready:
            data = side.recv(16384)
            if not data:
                return
            other[side].sendall(data)
