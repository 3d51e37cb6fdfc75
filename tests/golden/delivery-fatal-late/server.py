# Knows no form for KH1, at once; takes KH2, some time later.
import json
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        answer = {"success": True, "code": 200, "records": 1, "fkey": "k"}
        if self.path.endswith("getToken"):
            answer["token"] = {"accesstoken": "t"}
        elif b"KH1" in body:
            time.sleep(0.1)
            answer = {"success": False, "code": 201, "messages": "No form"}
        else:
            time.sleep(0.5)
        text = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *args):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(server.server_port, flush=True)
server.serve_forever()
