"""rows_echoes.py: servers that give back what they were told: a password, a
token, whole and in parts, wherever an answer has room for a text. It comes out
nowhere: not in a message, a log, a journal's bytes, rejects, nor what is said
of them later. And tokens and records that are none."""
import json

from kit import Attack
from rows_answers import FILES, PASSWORD, RIGHTS, RUN, SECRETS, TO, answered
from server import TOKEN, http, ill, well

BOTH = f"{PASSWORD} and {TOKEN}"
ESCAPED = "".join(f"\\u{ord(c):04x}" for c in BOTH)
LATER = ("; fastsync status m.lua; fastsync status m.lua --json; "
         f"FASTSYNC_URL=$URL fastsync explain m.lua KH1 in.csv; "
         f"fastsync verify m.lua in.csv {TO}; "
         f"fastsync verify --json m.lua in.csv {TO}; fastsync doctor m.lua "
         "--url $URL --username u --password-file secret; exit 0")
HIDDEN = r"\*\*\*"


def text(words):
    return '{"success":false,"code":601,"messages":"%s"}' % words


# Wherever it stands in an answer about records; what is said of it afterwards.
SAID = {
    "message": http(ill(601, BOTH)),
    "message-escaped": http(text(ESCAPED)),
    "message-of-an-error": http(ill(500, BOTH), 500),
    "message-of-a-right": http(ill(403, BOTH), 403),
    "message-of-a-form": http(ill(201, BOTH)),
    "message-of-a-token": http(ill(401, BOTH), 401),
    "message-far": http(ill(601, "x" * 100 + BOTH)),
    "message-cut": http(ill(601, "x" * 150 + BOTH)),
    "message-cut-in-it": http(ill(601, "x" * 155 + BOTH)),
    "message-twice": http(ill(601, f"{TOKEN}{TOKEN}{PASSWORD}{PASSWORD}")),
    "message-nested": http(ill(601, TOKEN[:8] + TOKEN + TOKEN[8:])),
    "message-list": http(ill(601, [BOTH])),
    "message-object": http(ill(601, {"detail": BOTH})),
    "header-line": http(ill(601, f"Authorization: {TOKEN}\r\n")),
    "bearer": http(ill(601, f"Bearer {TOKEN}")),
    "reference": http(well(records=2, fkey=BOTH)),
    "reference-escaped": http('{"success":true,"records":2,"fkey":"%s"}' % ESCAPED),
    "name": http(well(records=2, **{BOTH: 1})),
    "name-twice": http('{"%s":1,"%s":2}' % (BOTH, BOTH)),
    "page": http(f"<html><title>{BOTH}</title>{BOTH}", 502),
    "page-plain": http(BOTH),
    "reason": http("", 500, reason=BOTH),
    "header": http("", 500, [f"Server: {BOTH}", f"X-{TOKEN}: {PASSWORD}"]),
    "content-type": http(BOTH, 500, [f"Content-Type: {BOTH}"]),
    "location": http("", 302, [f"Location: http://x/{TOKEN}"]),
    "authenticate": http("", 401, [f"WWW-Authenticate: {TOKEN}"]),
    "body-back": lambda body: http(ill(601, body.decode())),
}
ROWS = [answered(f"echo-{name}", what, 0, "", shell=RUN + " --log-format "
                 f"{form}{LATER}", says_not="no such option", leaves={})
        for form in ("text",) for name, what in SAID.items()]
ROWS += [answered(f"echo-log-{name}", SAID[name], None, "", says_not="[12] accepted",
                  shell=RUN.replace(" -q", " -v") + " --log-format json")
         for name in ("message", "page", "reason", "name-twice", "location")]


# The answer to the request for a token has seen the password.
def token(name, what, code=RIGHTS, says="", **more):
    return answered(f"token-{name}", what, code, says, call="getToken", **more)


def given(words):
    return http(json.dumps({"success": True, "code": 200,
                            "token": {"accesstoken": words}}))


# The server's own; there is no other.
HEARS_NONE = {"hears_not": "SyncData"}
ROWS += [
    token("echo", http(ill(401, f"no {PASSWORD}")), says=HIDDEN),
    token("echo-escaped", http(text("".join(f"\\u{ord(c):04x}" for c in PASSWORD))),
          None, HIDDEN),
    token("echo-page", http(f"<b>{PASSWORD}</b>", 500), None),
    token("echo-json", lambda body: http(body), None),
    token("echo-message", lambda body: http(ill(401, body.decode())),
          says=HIDDEN),
    token("is-the-password", given(PASSWORD), 0, says_not=None),
    token("line-ends", given("abc\r\nX-Evil: yes"), None, hears_not="X-Evil"),
    token("line-end", given("abc\nX-Evil: yes"), None, hears_not="\nX-Evil"),
    token("return", given("abc\rX-Evil: yes"), None, hears_not="\rX-Evil"),
    token("nul", given("abc\0def"), None, hears_not="\0"),
    token("escape", given("abc\x1b[2J"), None),
    token("long", given("x" * 3_000_000), None),
    token("empty", given(""), None, **HEARS_NONE),
    token("number", given(12345), None, **HEARS_NONE),
    token("none", given(None), None, **HEARS_NONE),
    token("list", given([TOKEN]), None, **HEARS_NONE),
    token("failure", http(ill(200, token={"accesstoken": TOKEN})), None,
          **HEARS_NONE),
    token("twice", http('{"success":true,"token":{"accesstoken":"a",'
                        f'"accesstoken":"{TOKEN}"}}}}'), None, **HEARS_NONE),
    token("twice-around", http('{"success":true,"token":{"accesstoken":"a"},'
                               f'"token":{{"accesstoken":"{TOKEN}"}}}}'), None,
          **HEARS_NONE),
    token("escaped-twice", http('{"success":true,"token":{"access\\u0074oken":'
                                f'"a","accesstoken":"{TOKEN}"}}}}'), None,
          **HEARS_NONE),
    token("of-a-500", http(well(token={"accesstoken": TOKEN}), 500), None,
          **HEARS_NONE),
    token("expired", http(well(token={"accesstoken": TOKEN, "expires":
                                      "1970-01-01T00:00:00Z"})), 0,
          says_not=None),
    token("expires-rubbish", http(well(token={"accesstoken": TOKEN, "expires":
                                              "9" * 100000})), 0,
          says_not=None),
]


# Records that are read back. They were accepted before.
VERIFY = f"{RUN} >first 2>&1; {RUN.replace('run', 'verify', 1)}"


def back(name, what, says="", code=None, **more):
    more = {"says_not": "2 as sent", "shell": VERIFY, **more}
    return answered(f"back-{name}", what, code, says, call="GetData", **more)


def records(*fields, **more):
    return http(well(records=len(fields), data=list(fields), **more))


SENT = [{"CustomerCode": "KH1", "CustomerName": "Công ty A", "status": "1"},
        {"CustomerCode": "KH2", "CustomerName": "Công ty B", "status": "1"}]
WRONG = {**SENT[0], "CustomerName": BOTH}
ROWS += [
    back("well", records(*SENT), "2 as sent", 0, says_not=None),
    back("echo", records(WRONG, SENT[1]), HIDDEN, 3),
    back("echo-json", records(WRONG, SENT[1]), HIDDEN, 3, json=True,
         shell=VERIFY + " --json"),
    back("echo-name", records({**SENT[0], BOTH: BOTH, "CustomerName": "x"})),
    back("echo-key", records({**SENT[0], "CustomerCode": BOTH})),
    back("echo-message", http(ill(403, BOTH))),
    back("data-twice", http('{"success":true,"data":[],"data":%s}'
                            % json.dumps(SENT)), code=7),
    back("record-twice", records(SENT[0], {**SENT[0], "CustomerName": "x"},
                                 SENT[1])),
    back("name-twice", http('{"success":true,"data":[{"CustomerCode":"KH2",'
                            '"CustomerCode":"KH1","CustomerName":"Công ty A",'
                            '"status":"1"}]}')),
    back("cases-twice", records({**SENT[0], "CUSTOMERNAME": "x"}, SENT[1])),
    back("nested", records({**SENT[0], "CustomerName": {"x": "Công ty A"}})),
    back("no-list", http(well(data={"0": SENT[0]}))),
    back("text", http(well(data="KH1"))),
    back("numbers", http(well(data=[1, 2, 3]))),
    back("hostile", records({**SENT[0], "CustomerName": "\x1b[2J\u202e\x9b\r"},
                            SENT[1]), r"\\u\{1B\}\[2J\\u\{202E\}", 3),
    back("hostile-key", records({**SENT[0], "CustomerCode": "KH1\x1b[2J"})),
    back("nul", records({**SENT[0], "CustomerName": "Công ty A\0"}, SENT[1]), "",
         3),
    back("long", records({**SENT[0], "CustomerName": "x" * 5_000_000}, SENT[1]),
         "", 3),
    back("many", records(*[{"CustomerCode": f"X{i}"} for i in range(50000)]),
         ""),
    back("deep", http('{"success":true,"data":' + "[" * 100000 + "]" * 100000
                      + "}")),
    back("page", http("<html>")),
]

# Once somebody stands between, in the journal: nothing of it is in its bytes.
ROWS += [
    Attack("echo-token-of-ours", shell="FASTSYNC_TOKEN=t0k3n-of-the-server-77 "
           "fastsync run m.lua in.csv --url $URL --username u --retry-for 0 -v"
           "; exit 0", code=0, answers={"SyncData": http(ill(500, BOTH), 500)},
           files=FILES, hides=TOKEN, says=HIDDEN),
]


def proxied(name, user, said, environment=False):
    """A proxy, or a server behind one, that says what only a proxy is told."""
    url = f"http://{user}@127.0.0.1:$PORT"
    setting = f"export http_proxy={url}" if environment else \
        f"echo proxy = {url} >>secret.ini"
    return Attack(f"echo-proxy-{name}", shell="printf 'url = http://fast.example"
                  ".invalid\nusername = u\ntoken = t\ninsecure_http = yes\n' "
                  f">secret.ini; chmod 600 secret.ini; {setting}\nfastsync run "
                  "m.lua in.csv -v --config secret.ini --retry-for 0; fastsync "
                  "status m.lua; fastsync doctor --config secret.ini; exit 0",
                  code=0, hides="pr0xy-w0rd|[Yy]OnByMHh5LXcwcmQ|pr0xy@w0rd",
                  answers={"SyncData": http(ill(500, said), 502, reason=said)},
                  says=HIDDEN, hears="(?i)Proxy-Authorization")


ROWS += [
    proxied("password", "me:pr0xy-w0rd", "no: pr0xy-w0rd"),
    proxied("password-escaped", "me:pr0xy%40w0rd", "no: pr0xy@w0rd"),
    proxied("password-as-it-stood", "me:pr0xy%2dw0rd", "no: pr0xy-w0rd"),
    proxied("password-coded", "me:pr0xy-w0rd", "Basic bWU6cHIweHktdzByZA=="),
    proxied("environment", "me:pr0xy-w0rd", "no: pr0xy-w0rd", True),
    proxied("environment-escaped", "me:pr0xy%40w0rd", "no: pr0xy@w0rd", True),
]
