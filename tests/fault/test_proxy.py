"""A forward proxy on the way to an nginx with TLS: plain or over TLS itself, by
its own authority and with its own password, which is shown nowhere."""
from contextlib import contextmanager

import audit
from forward import Forward
from kit import PROGRAM, Site, check, each
from nginx import Nginx, authority, certificate
from server import FastServer

PATIENT = ["--retry-for", "20", "--timeout", "10", "--concurrency", "4"]
PASSWORD, WRONG = "pr0xy-w0rd", "wr0ng-w0rd"


@contextmanager
def behind(scratch, scheme, password=PASSWORD, trust="theirs.crt"):
    """A site, a server, nginx before it, and a proxy before that."""
    site = Site(scratch / "site", 100, guilty=[30], invalid=[5])
    with FastServer() as server, \
            Nginx(scratch / "nginx", server.port) as nginx:
        authority(nginx.folder, "theirs")
        certificate(nginx.folder, "proxy", "theirs")
        pair = [nginx.folder / "proxy.crt", nginx.folder / "proxy.key"]
        with Forward(pair if scheme == "https" else None,
                     f"agent:{PASSWORD}") as proxy:
            site.point_at(server)
            site.environment["FASTSYNC_URL"] = nginx.url
            configure(site, nginx, trust,
                      f"{scheme}://agent:{password}@{proxy.address}")
            yield site, server, proxy


def configure(site, nginx, trust, proxy):
    site.environment.update(
        FASTSYNC_CA_FILE=str(nginx.ca_file), FASTSYNC_PROXY=proxy,
        FASTSYNC_PROXY_CA_FILE=str(nginx.folder / trust) if trust else "")


def silent(site):
    """No password of the proxy's stands in an output or in a file."""
    said = [result.out + result.err for result in site.results]
    kept = [path.read_bytes().decode("utf-8", "replace")
            for path in site.state.rglob("*") if path.is_file()]
    for secret in (PASSWORD, WRONG):
        check(secret not in "".join(said + kept), "a password is shown:",
              *site.results)


@each("http", "https")
def through(scratch, scheme):
    with behind(scratch, scheme) as (site, server, proxy):
        audit.converge(site, server, "-v", *PATIENT, most=1)
        check(proxy.let_through > 0, "nothing went through the proxy")
        silent(site)


def refused(scratch, scheme, how, words):
    """Said at once, with the way out, and nothing has gone through; the doctor
    says the same."""
    with behind(scratch, scheme, **how) as (site, server, proxy):
        result = site.run("-v", *PATIENT)
        check(proxy.let_through == 0 and not server.log + server.token_log,
              "it went through all the same:", result)
        check(result.exit == 2, "exit 2 was expected:", result)
        check(words in result.err, f"{words!r} was expected:", result)
        check(proxy.tries <= 2, f"{proxy.tries} tries:", result)
        found = site.finish(site.popen([PROGRAM, "doctor"], {}))
        check(found.exit == 2 and words in found.out, "the doctor:", found)
        silent(site)


TRUSTED = {"nobody": None, "the-servers": "our.crt"}


@each(*TRUSTED)
def authority_refused(scratch, which):
    refused(scratch, "https", {"trust": TRUSTED[which]}, "proxy_ca_file")


@each("http", "https")
def password_refused(scratch, scheme):
    refused(scratch, scheme, {"password": WRONG}, "the proxy wants credentials")
