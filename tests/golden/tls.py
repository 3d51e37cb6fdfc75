"""A TLS server in front of an HTTP one: tls.py CERT KEY PORT [CLIENT_CA].

Prints its own port; takes connections on 127.0.0.1 and hands their bytes to
127.0.0.1:PORT. With CLIENT_CA, a client must show a certificate signed by it.
"""
import socket
import ssl
import sys
import threading


def pump(source, target):
    try:
        while True:
            piece = source.recv(65536)
            if not piece:
                break
            target.sendall(piece)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        pass


def linger(client):
    """Ends so that the client still reads why: no reset overtakes it."""
    try:
        client = socket.socket(fileno=client.detach())
        client.shutdown(socket.SHUT_WR)
        while client.recv(65536):
            pass
    except OSError:
        pass
    client.close()


def serve(plain):
    client = context.wrap_socket(
        plain, server_side=True, do_handshake_on_connect=False
    )
    try:
        client.do_handshake()
        upstream = socket.create_connection(("127.0.0.1", int(sys.argv[3])))
    except OSError:
        linger(client)
        return
    threading.Thread(target=pump, args=(client, upstream), daemon=True).start()
    pump(upstream, client)


context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(sys.argv[1], sys.argv[2])
if len(sys.argv) > 4:
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_verify_locations(sys.argv[4])
listener = socket.create_server(("127.0.0.1", 0))
print(listener.getsockname()[1], flush=True)
while True:
    connection, _ = listener.accept()
    threading.Thread(target=serve, args=(connection,), daemon=True).start()
