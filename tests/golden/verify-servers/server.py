"""Servers that read back in ways of their own: which, says the file `manner`."""
import http.server
import json
import os
import sqlite3

stored = {}


def run_meanwhile():
    """What another run of the mapping leaves in its journal."""
    journal = sqlite3.connect(".fastsync/kh/journal.db", timeout=10)
    journal.execute("INSERT INTO runs (mapping, form, begun) VALUES"
                    " ('kh.lua', 'setCustomer', '2025-01-01T00:00:00Z')")
    journal.commit()
    journal.close()
    stored["KH01"]["Address"] = "another one"


def all_at_once(manner):
    if manner == "meanwhile":
        run_meanwhile()
    if manner == "refuses":
        return {"success": False, "code": 400, "messages": "Id is missing"}
    if manner == "large":
        return {"success": True, "code": 200, "data": ["x" * (65 << 20)]}
    if manner == "garbled":
        return {"success": True, "code": 200, "data": [1, 2]}
    if manner in ("forbids", "unknown"):
        code = 403 if manner == "forbids" else 201
        return {"success": False, "code": code, "messages": "not for you"}
    if manner == "empty":
        return {"success": False, "code": 202, "messages": "data is empty"}
    return {"success": True, "code": 200, "data": list(stored.values())}


def one(manner, key):
    if os.path.exists("forget"):
        stored.pop("KH09", None)
    found = [r for code, r in stored.items() if code == key.upper()]
    if manner == "refuses" and not found:
        return {"success": False, "code": 202, "messages": "data is empty"}
    if manner == "garbled" and key == "KH03":
        return {"success": False, "code": 999, "messages": "KH03 is locked"}
    if manner == "large" and found:
        found = found[0]  # without its array
    return {"success": True, "code": 200, "data": found}


class Fast(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        with open("manner") as file:
            manner = file.read().strip()
        if self.path == "/api/SyncData":
            for record in asked["data"]:
                stored[record["CustomerCode"].upper()] = record
            answer = {"success": True, "code": 200,
                      "records": len(asked["data"])}
        elif "Id" in asked:
            answer = one(manner, asked["Id"])
        else:
            answer = all_at_once(manner)
        body = json.dumps(answer).encode()
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
server.handle_error = lambda *_: None  # who asked has had enough
server.serve_forever()
