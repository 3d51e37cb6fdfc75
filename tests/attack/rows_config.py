"""rows_config.py: a folder that somebody else has packed, and words of less
trusted places that mean to have the password of a more trusted one. Nothing is
asked of a server, no command runs, no file is made."""
from kit import Attack

USAGE = 2
USER = ".config/fastsync/fastsync.ini"
RUN = "fastsync run m.lua in.csv -q --retry-for 0 --timeout 5"
FAR = "http://fast.example.invalid"


def ini(path, *lines):
    """A file of the user's own; sh puts in what begins with a dollar."""
    body = "\n".join(lines)
    folder = path.rpartition("/")[0]
    make = f"mkdir -p {folder}; " if folder else ""
    return f"{make}(umask 077; cat >{path} <<END\n{body}\nEND\n)\n"


TRUST = "fastsync trust --yes >shown 2>&1 || exit 99\n"

# Each way to a secret, as a line of a file and as a variable.
SECRETS = {
    "password": "pass-w0rd",
    "password_file": "secret",
    "password_command": "touch ran; echo pass-w0rd",
    "token": "t0k3n-of-ours",
}

# Each way to lead it astray: what the secret's own place says, and what the
# other one does.
WAYS = {
    "url": ("", "url = $URL"),
    "proxy": ("url = https://fast.example.invalid", "proxy = $URL"),
    "insecure_http": (f"url = {FAR}", "insecure_http = yes"),
    "ca_file": ("url = https://127.0.0.1:$PORT", "ca_file = ca.pem"),
    "proxy_ca_file": ("url = https://fast.example.invalid\n"
                      "proxy = https://127.0.0.1:$PORT",
                      "proxy_ca_file = ca.pem"),
}
CA = {"ca.pem": b"no certificate\n"}


def named(*patterns):
    """All of them, in any order, in one line."""
    return "".join(f"(?=.*{pattern})" for pattern in patterns)


def refused(name, shell, says, **more):
    more = {"files": {**CA, "secret": b"pass-w0rd\n"}, "code": USAGE,
            "answers": {}, "requests": 0, "makes_not": ("ran",),
            "hides": "pass-w0rd|t0k3n-of-ours", **more}
    return Attack(name, shell=shell, says=says, **more)


def variables(lines):
    pairs = (line.split(" = ") for line in lines.splitlines())
    return "".join(f'FASTSYNC_{name.upper()}="{value}" '
                   for name, value in pairs)


def of_user(secret, way):
    """The user's file has the secret, a trusted folder's the way."""
    own, astray = WAYS[way]
    value = SECRETS[secret].replace("secret", "../../secret")
    place = "secret-user"
    return refused(
        f"config-user-{secret}-{way}",
        f"export XDG_CONFIG_HOME=$PWD/{place}\n"
        + ini(f"{place}/fastsync/fastsync.ini", own, "username = u",
              f"{secret} = {value}")
        + ini("fastsync.ini", astray) + TRUST + RUN,
        named(rf"fastsync\.ini:1: {way}: does not count",
              rf"the {secret} of \S*{place}/fastsync/fastsync\.ini:\d"))


def of_environment(secret, way):
    """The environment has the secret, the file of --config the way."""
    own, astray = WAYS[way]
    return refused(
        f"config-environment-{secret}-{way}",
        ini("c.ini", astray) + variables(own) + "FASTSYNC_USERNAME=u "
        f'FASTSYNC_{secret.upper()}="{SECRETS[secret]}" {RUN} --config c.ini',
        named(rf"c\.ini:1: {way}: does not count", f"FASTSYNC_{secret.upper()}"))


def of_option(way):
    own, astray = WAYS[way]
    return refused(
        f"config-option-{way}",
        ini("fastsync.ini", astray) + TRUST + variables(own)
        + f"{RUN} --username u --password-file secret",
        named(rf"fastsync\.ini:1: {way}: does not count", "--password-file"))


ROWS = [make(secret, way) for make in (of_user, of_environment)
        for secret in SECRETS for way in WAYS]
ROWS += [of_option(way) for way in WAYS]


# What an untrusted folder says leaves the user's own set-up as it is: the
# request arrives where the user said, once for the token and once for the data.
def packed(name, line, says=None, shell=RUN, code=0, requests=2, **more):
    setting = line.split(" ")[0]
    return Attack(
        f"packed-{name}",
        shell=ini(USER, "url = $URL", "username = u", "password_file = ../../secret")
        + ini("fastsync.ini", line) + shell, code=code, answers={},
        says=says or rf"fastsync\.ini: {setting} does not count",
        requests=requests, files={**CA, "secret": b"pass-w0rd\n"},
        makes_not=("ran", "made*"), **more)


PACKED = {
    "url": "url = http://127.0.0.1:9",
    "username": "username = somebody",
    "password": "password = theirs",
    "password-file": "password_file = precious",
    "password-command": "password_command = touch ran; echo x",
    "token": "token = theirs",
    "auth-scheme": "auth_scheme = bearer",
    "proxy": "proxy = http://127.0.0.1:9",
    "ca-file": "ca_file = ca.pem",
    "client-cert": "client_cert = ca.pem",
    "client-key": "client_key = precious",
    "client-key-password-file": "client_key_password_file = precious",
    "insecure-http": "insecure_http = yes",
    "bodies": "bodies = precious",
    "rejects": "rejects = precious",
    "warnings": "warnings = precious",
    "state": "state = made.d",
    "allow-read": "allow_read = /",
    "allow-env": "allow_env = HOME",
    "max-memory": "max_memory = 1M",
    "max-instructions": "max_instructions = 1000",
    "max-seconds": "max_seconds = 1000000",
    "max-records": "max_records = 1",
    "allow-new-keys": "allow_new_keys = yes",
}
ROWS += [packed(name, line) for name, line in PACKED.items()]

ROWS += [
    packed("absolute-bodies", "bodies = $PWD/precious"),
    packed("state-above", "state = ../made.d"),
    packed("home", "password_command = touch ~/ran"),
    packed("upper-case", "Password_Command = touch ran", says="unknown|no such",
           code=USAGE, requests=0),
    packed("of-a-profile", "[prod]\npassword_command = touch ran",
           shell=ini(USER, "[prod]", "url = $URL", "username = u",
                     "password_file = ../../secret") + RUN + " --profile prod",
           says="password_command does not count"),
    packed("sandbox", "bodies = precious", shell=RUN + " --sandbox",
           requests=0),
    packed("check", "bodies = precious", shell="fastsync check m.lua in.csv",
           requests=0),
    packed("preview", "max_memory = 1M", shell="fastsync preview m.lua in.csv",
           says="KH1", requests=0),
    packed("doctor", "proxy = http://127.0.0.1:9", shell="fastsync doctor",
           says=r"warn  proxy +not .*not trusted", requests=None),
    packed("trust-unasked", "password_command = touch ran",
           shell="fastsync trust; test $? = 2 || exit 98; " + RUN,
           says="password_command = touch ran"),
    packed("secret-shown", "password = theirs-alone",
           shell="chmod 600 fastsync.ini; fastsync trust --yes", requests=0,
           says=r"password = \*\*\*", says_not="theirs-alone"),
    # Another folder's: that of the mapping is not the one we stand in.
    packed("beside-the-mapping", "batch = 1", requests=2, says="accepted",
           shell="mkdir far; mv fastsync.ini far; cp m.lua far\n"
           "echo 'password_command = touch ran' >>far/fastsync.ini\n"
           "fastsync run far/m.lua in.csv -q"),
    # What a profile of a trusted folder says goes not to another's secret.
    refused("packed-profile-url", ini(USER, "[prod]", "username = u",
                                      "password_file = ../../secret")
            + ini("fastsync.ini", "[prod]", "url = $URL") + TRUST + RUN
            + " --profile prod", r"fastsync\.ini:2: url: does not count"),
]
