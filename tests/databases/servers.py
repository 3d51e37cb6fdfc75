"""Servers of this machine's packages, each with its data in a folder of its own,
a port of its own on loopback, and an end with the test."""
import glob
import os
import pwd
import shutil
import socket
import subprocess
import time
from pathlib import Path

PASSWORD = "mật khẩu }=; 7"


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def as_user(name):
    """Servers refuse root: what goes before their command then."""
    if os.getuid() != 0:
        return []
    return ["setpriv", "--reuid=" + name, "--regid=" + name, "--clear-groups"]


def program(name, *patterns):
    for pattern in patterns:
        for path in sorted(glob.glob(pattern), reverse=True):
            return path
    found = shutil.which(name)
    if not found:
        raise SystemExit("%s is not here: run `make deps`" % name)
    return found


class Server:
    """One that runs; stop() ends it, kill() as a power cut does."""

    def __init__(self, folder, user):
        self.folder, self.user, self.port = Path(folder), user, free_port()
        self.folder.mkdir()
        if os.getuid() == 0:
            owner = pwd.getpwnam(user)
            os.chown(self.folder, owner.pw_uid, owner.pw_gid)
        self.process = None

    def ran(self, *command, stdin=None):
        done = subprocess.run([*as_user(self.user), *map(str, command)], input=stdin, capture_output=True,
                              cwd=self.folder, timeout=120, check=False,
                              env={"PATH": "/usr/bin:/bin:/usr/sbin:/sbin", "LC_ALL": "C.UTF-8", "HOME": str(self.folder)})
        if done.returncode != 0:
            raise SystemExit("%s: %s" % (command[0], done.stderr.decode(errors="replace")[-2000:]))
        return done.stdout

    def start(self, *command):
        with open(self.folder / "log", "wb") as log:
            self.process = subprocess.Popen([*as_user(self.user), *map(str, command)], stdin=subprocess.DEVNULL,
                                            stdout=log, stderr=log, cwd=self.folder, start_new_session=True)
        for _ in range(600):
            if self.process.poll() is not None:
                break
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                time.sleep(0.05)
        raise SystemExit("%s does not start: %s" % (command[0], (self.folder / "log").read_text()[-2000:]))

    def kill(self):
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, 9)
            self.process.wait()


class PostgreSQL(Server):
    def __init__(self, folder):
        super().__init__(folder, "postgres")
        bin = "/usr/lib/postgresql/*/bin/"
        self.ran(program("initdb", bin + "initdb"), "-D", self.folder / "data", "-U", "admin", "-E", "UTF8", "--locale=C",
                 "--auth=trust", "--no-sync")
        (self.folder / "data/pg_hba.conf").write_text(
            "local all all trust\nhost all admin 127.0.0.1/32 trust\nhost all all 127.0.0.1/32 scram-sha-256\n")
        self.begin()
        self.sql("CREATE ROLE kh LOGIN PASSWORD '%s'" % PASSWORD)

    def begin(self):
        self.start(program("postgres", "/usr/lib/postgresql/*/bin/postgres"), "-D", self.folder / "data", "-p", self.port,
                   "-k", self.folder, "-c", "fsync=off", "-c", "listen_addresses=127.0.0.1")
        for _ in range(100):
            ready = subprocess.run([program("psql"), "-h", "127.0.0.1", "-p", str(self.port), "-U", "admin", "postgres",
                                    "-c", "SELECT 1"], capture_output=True, check=False)
            if ready.returncode == 0:
                return
            time.sleep(0.05)

    def sql(self, text):
        return self.ran(program("psql"), "-qAtX", "-h", "127.0.0.1", "-p", self.port, "-U", "admin", "postgres", "-v",
                        "ON_ERROR_STOP=1", stdin=text.encode()).decode()


class MariaDB(Server):
    def __init__(self, folder):
        super().__init__(folder, "mysql")
        self.data = self.folder / "data"
        self.ran(program("mariadb-install-db"), "--no-defaults", "--datadir=%s" % self.data,
                 "--auth-root-authentication-method=normal", "--skip-test-db")
        self.begin()
        self.sql("CREATE DATABASE shop CHARACTER SET utf8mb4; CREATE USER kh@'127.0.0.1' IDENTIFIED BY '%s';"
                 "GRANT ALL ON shop.* TO kh@'127.0.0.1';"
                 "CREATE USER admin@'127.0.0.1'; GRANT ALL ON *.* TO admin@'127.0.0.1'" % PASSWORD, "mysql")

    def begin(self):
        self.start(program("mariadbd", "/usr/sbin/mariadbd"), "--no-defaults", "--datadir=%s" % self.data,
                   "--socket=%s/socket" % self.folder, "--port=%d" % self.port, "--bind-address=127.0.0.1",
                   "--skip-name-resolve", "--innodb-flush-log-at-trx-commit=0")

    def sql(self, text, database="shop"):
        return self.ran(program("mariadb"), "--no-defaults", "-NB", "-uroot", "--socket=%s/socket" % self.folder,
                        "--default-character-set=utf8mb4", database, stdin=text.encode()).decode()
