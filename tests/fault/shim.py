"""The preloaded library, seen from a test: how it is built, what it is told,
and the page that both share."""
import mmap
import os
import struct
import subprocess
import time
from pathlib import Path

from kit import Failure

HERE = Path(__file__).resolve().parent
FIELDS = ("offset", "events", "failed", "sent", "jumped", "suited")  # as in shim.c


def build():
    """Beside the program that is tested; made again where shim.c is newer."""
    target = Path(os.environ["FASTSYNC"]).resolve().parent / "tests/shim.so"
    source = HERE / "shim.c"
    if target.exists() and target.stat().st_mtime > source.stat().st_mtime:
        return target
    target.parent.mkdir(exist_ok=True)
    line = ["cc", "-std=c11", "-O1", "-Wall", "-Wextra", "-shared", "-fPIC",
            "-o", str(target), str(source), "-ldl"]
    done = subprocess.run(line, capture_output=True, text=True)
    if done.returncode or done.stderr:
        raise Failure("shim.c does not compile:\n" + done.stderr)
    return target


class Shim:
    """One page, for one run after the other."""

    def __init__(self, site):
        self.path = site.folder / "page"
        self.path.write_bytes(bytes(64))
        self.site = site
        self.file = open(self.path, "r+b")
        self.map = mmap.mmap(self.file.fileno(), 64)

    def get(self, name):
        return struct.unpack_from("q", self.map, 8 * FIELDS.index(name))[0]

    def reset(self):
        self.map[:] = bytes(64)

    def advance(self, seconds):
        """Lets so much time pass; a lost update costs some milliseconds."""
        ahead = self.get("offset") + int(seconds * 1e9)
        struct.pack_into("q", self.map, 0, ahead)

    def now(self):
        """The time that the program is told."""
        return time.time() + self.get("offset") / 1e9

    def environment(self, **told):
        """What preloads the library and tells it `told`, as KILL=3. Starts the
        counts anew, but not the clock. The library reads and writes what the
        program may not, which is why that does not confine itself."""
        self.map[8:] = bytes(56)
        named = {f"FAULT_{name}": str(value) for name, value in told.items()}
        return {"LD_PRELOAD": os.environ["FAULT_SHIM"],
                "FAULT_PAGE": str(self.path),
                "FAULT_BELOW": str(self.site.state),
                "FASTSYNC_NO_CONFINE": "yes", **named}
