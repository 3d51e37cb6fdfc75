"""The faults that the suite's own server plays, drawn and carried out.

A fault is KIND, a rate between 0 and 1, and the call it strikes. Whether it
strikes is drawn from the seed, the body and how often this body has come: the
order in which threads run changes nothing, so a failure can be repeated.

Each kind is a row of KINDS: is the request carried out first, and what is
answered. An answer is (status, headers, body, how), where how says what
becomes of the connection: "send", "reset", "hang" or "cut" (half, then the
end)."""
import email.utils
import hashlib
import json
import socket
import struct
from typing import NamedTuple


class Fault(NamedTuple):
    kind: str
    rate: float
    call: str = "SyncData"


class Answer(NamedTuple):
    status: int
    headers: dict
    body: bytes
    how: str = "send"


def error(status, code, message, **headers):
    """The documentation's error body."""
    body = {"success": False, "messages": message, "code": code}
    return Answer(status, headers, json.dumps(body).encode())


def plain(answer, **changes):
    return answer._replace(**changes)


def busy(status):
    """429 and 503, with Retry-After as a number, as a date, or without."""
    def make(server, turn, answer):
        after = server.retry_after[turn % len(server.retry_after)]
        headers = {}
        if after is not None and turn % 2:
            headers["Retry-After"] = email.utils.formatdate(
                int(server.clock()) + after, usegmt=True)
        elif after is not None:
            headers["Retry-After"] = str(after)
        return Answer(status, headers, b"busy")
    return make


def broken(server, turn, answer):
    """The HTTP status may be 200 all the same: the body decides."""
    return error((500, 200)[turn % 2], 500, "server error")


def partial(server, turn, answer):
    """The server has stored fewer than it was sent, and says how many."""
    return answer


# kind: (is the request carried out first, what is answered)
KINDS = {
    "500": (False, broken),
    "503": (False, busy(503)),
    "429": (False, busy(429)),
    "reset": (False, lambda s, t, a: plain(a, how="reset")),
    "hang": (True, lambda s, t, a: plain(a, how="hang")),
    "garbage": (False, lambda s, t, a: Answer(200, {}, b"\xff\x00<{[garbage")),
    "truncate": (True, lambda s, t, a: plain(a, how="cut")),
    "empty": (True, lambda s, t, a: Answer(200, {}, b"")),
    "expire": (False, lambda s, t, a: error((401, 200)[t % 2], 401, "expired")),
    "partial": (True, partial),
    "commit-then-reset": (True, lambda s, t, a: plain(a, how="reset")),
    "commit-then-500": (True, broken),
}


def chance(seed, *parts):
    """A number in [0, 1) that depends on these parts alone."""
    text = "|".join(str(part) for part in (seed, *parts))
    word = hashlib.blake2b(text.encode(), digest_size=8).digest()
    return int.from_bytes(word, "big") / 2**64


def draw(faults, seed, call, body_hash, turn):
    """The fault that strikes this sending of this body, or None."""
    for index, fault in enumerate(faults):
        if fault.call == call and \
                chance(seed, index, body_hash, turn) < fault.rate:
            return fault.kind
    return None


def wire(answer):
    """The answer's bytes."""
    head = [f"HTTP/1.1 {answer.status} {'OK' if answer.status < 400 else 'No'}",
            "Content-Type: application/json",
            f"Content-Length: {len(answer.body)}"]
    head += [f"{name}: {value}" for name, value in answer.headers.items()]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + answer.body


def reset(connection):
    """Ends a connection with RST instead of FIN."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER,
                          struct.pack("ii", 1, 0))
    connection.close()


def await_end(connection, seconds):
    """Says nothing until the other side has gone, or for so long."""
    connection.settimeout(seconds)
    try:
        connection.recv(1)
    except OSError:
        return


def send(connection, answer):
    """Carries an answer out; True: the connection goes on."""
    data = wire(answer)
    if answer.how == "send":
        connection.sendall(data)
        return True
    if answer.how == "cut":
        connection.sendall(data[:len(data) - max(1, len(answer.body) // 2)])
    elif answer.how == "hang":
        await_end(connection, 30)
    if answer.how == "reset":
        reset(connection)
    else:
        connection.close()
    return False


def spec(faults):
    """Faults as the sandbox's options say them."""
    options = []
    for kind, rate, call in faults:
        where = "" if call == "SyncData" else f":{call}"
        options += ["--fault", f"{kind}:{rate:g}{where}"]
    return options


def mixed(rate):
    """All kinds together, so that about this share of requests is struck."""
    kinds = [kind for kind in KINDS if kind not in ("hang", "partial")]
    return [Fault(kind, rate / len(kinds)) for kind in kinds]
