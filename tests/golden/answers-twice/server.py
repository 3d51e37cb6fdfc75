"""Answers with a name twice; which, says the file `manner`."""
import http.server
import os

OK = '{"success": true, "code": 200, "records": 2%s}'
SYNC = {
    "success": '{"success": false, "code": 200, "records": 2, "success": true}',
    "records": '{"success": true, "records": 0, "code": 200, "records": 2}',
    "code": OK % ', "code": 200',
    "escaped": OK % ', "succes\\u0073": false',
    "nested": OK % ', "data": [{"x": {"CustomerCode": 1, "CustomerCode": 2}}]',
}
TOKEN = {
    "token": '{"token": {"accesstoken": "a"}, "token": {"accesstoken": "b"}}',
    "accesstoken": '{"token": {"accesstoken": "a", "accesstoken": "b"}}',
}


class Fast(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        with open("manner") as file:
            manner = file.read().strip()
        answers = SYNC if self.path == "/api/SyncData" else TOKEN
        body = answers.get(manner, OK % "").encode()
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
