"""A real nginx in front of a server of the tests: a plain process with its own
configuration, below the scratch folder, on loopback; and certificates for it,
by openssl, from a small authority of the suite's own."""
import os
import shutil
import socket
import subprocess
import time
from pathlib import Path

from kit import Failure, check
from server import free_port

CONFIG = """
{user}
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log info;
events {{ worker_connections 128; }}
http {{
    log_format told '$server_protocol $status $request_length $request_uri';
    access_log {folder}/access.log told;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port} ssl http2;
        ssl_certificate {folder}/server.crt;
        ssl_certificate_key {folder}/server.key;
        ssl_protocols {protocols};
        client_max_body_size {body};
        location / {{
            proxy_pass http://127.0.0.1:{upstream};
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_connect_timeout 2s;
            proxy_read_timeout {patience};
            proxy_next_upstream off;
        }}
    }}
}}
"""


def openssl(folder, *words):
    done = subprocess.run(["openssl", *words], cwd=folder, text=True,
                          capture_output=True, stdin=subprocess.DEVNULL)
    check(done.returncode == 0, "openssl " + " ".join(words), done.stderr)


def authority(folder, name):
    openssl(folder, "req", "-x509", "-newkey", "ec", "-pkeyopt",
            "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj",
            f"/CN=authority {name}", "-keyout", f"{name}.key", "-out",
            f"{name}.crt")
    return folder / f"{name}.crt"


def certificate(folder, name, signer, address="127.0.0.1"):
    (folder / "names").write_text(f"subjectAltName=IP:{address},DNS:localhost\n")
    openssl(folder, "req", "-newkey", "ec", "-pkeyopt",
            "ec_paramgen_curve:prime256v1", "-nodes", "-subj", f"/CN={name}",
            "-keyout", f"{name}.key", "-out", f"{name}.csr")
    openssl(folder, "x509", "-req", "-in", f"{name}.csr", "-CA",
            f"{signer}.crt", "-CAkey", f"{signer}.key", "-CAcreateserial",
            "-days", "2", "-extfile", "names", "-out", f"{name}.crt")


def program():
    found = shutil.which("nginx", path=os.environ.get("PATH", "") +
                         ":/usr/sbin:/usr/local/sbin")
    check(found, "there is no nginx; make deps installs it")
    return found


class Nginx:
    """In front of 127.0.0.1:`upstream`, with a certificate of `our` authority."""

    def __init__(self, folder, upstream, body="10m", patience="20s",
                 protocols="TLSv1.2 TLSv1.3", address="127.0.0.1"):
        self.folder = Path(folder)
        self.folder.mkdir()
        self.port = free_port()
        self.url = f"https://127.0.0.1:{self.port}"
        self.ca_file = authority(self.folder, "our")
        certificate(self.folder, "server", "our", address)
        self.write(upstream, body, patience, protocols)
        self.process = None

    def write(self, upstream, body, patience, protocols):
        user = "user root;" if os.geteuid() == 0 else ""
        (self.folder / "nginx.conf").write_text(CONFIG.format(
            user=user, folder=self.folder, port=self.port, upstream=upstream,
            body=body, patience=patience, protocols=protocols))

    def __enter__(self):
        self.process = subprocess.Popen(
            [program(), "-p", str(self.folder), "-c",
             str(self.folder / "nginx.conf"), "-e", str(self.folder / "error.log")],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        until = time.monotonic() + 60
        while time.monotonic() < until and self.process.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return self
            time.sleep(0.02)
        self.__exit__()
        raise Failure("nginx does not start:\n" +
                      (self.folder / "error.log").read_text()[-2000:])

    def __exit__(self, *unused):
        self.process.terminate()
        self.process.wait(60)

    def seen(self):
        """(protocol, status, path) of every request."""
        lines = (self.folder / "access.log").read_text().splitlines()
        words = [line.split() for line in lines if len(line.split()) == 4]
        return [(word[0], int(word[1]), word[3]) for word in words]
