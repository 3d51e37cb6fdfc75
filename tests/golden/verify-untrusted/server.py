"""Reads back in ways of its own: which, says the file `manner`."""
import http.server
import json
import os

stored = {}


def records(manner):
    for record in stored.values():
        shown = dict(record)
        if manner == "echo":
            shown["Address"] = "token very-secret, dmVyeS1zZWNyZXQ=\0very-secret"
        if manner == "each":
            shown["Address"] = "%76ery-secret"
        text = json.dumps(shown)
        if manner == "records":  # one that is right, and one that is not
            text = text[:-1] + ', "Address": "elsewhere"}'
        if manner == "cases":
            text = text[:-1] + ', "ADDRESS": "elsewhere"}'
        if manner == "nested":
            text = text[:-1] + ', "More": {"a": [{"b": 1, "b": 2}]}}'
        yield text


def answer(manner):
    data = "[" + ", ".join(records(manner)) + "]"
    twice = ', "data": []' if manner == "data" else ""
    return '{"success": true, "code": 200, "data": %s%s}' % (data, twice)


class Fast(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        with open("manner") as file:
            manner = file.read().strip()
        if self.path == "/api/SyncData":
            for record in asked["data"]:
                stored[record["CustomerCode"]] = record
            text = json.dumps({"success": True, "code": 200,
                               "records": len(asked["data"])})
        else:
            text = answer(manner)
        body = text.encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Fast)
with open("port.new", "w") as file:
    print(server.server_address[1], file=file)
os.rename("port.new", "port")
server.serve_forever()
