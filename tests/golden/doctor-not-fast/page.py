"""A server of web pages: not Fast."""
import http.server


class Pages(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        page = b"<!DOCTYPE html><title>Welcome</title>"
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, *_):
        pass


server = http.server.HTTPServer(("127.0.0.1", 0), Pages)
print(server.server_port, flush=True)
server.serve_forever()
