"""Asks the sandbox at argv[1] one thing after the other, prints the answers."""
import json, sys, urllib.error, urllib.request

base = sys.argv[1]
opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def ask(path, body=None, token=None):
    headers = {"Content-Type": "application/json"}
    if token:
        headers["Authorization"] = token
    request = urllib.request.Request(base + path, body and body.encode(), headers)
    try:
        with opener.open(request) as reply:
            return reply.status, reply.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def customer(code, **fields):
    return {"CustomerCode": code, "CustomerName": "Công ty " + code, "status": "1", **fields}


def sync(token, *records, form="setCustomer"):
    body = json.dumps({"form": form, "data": list(records)}, ensure_ascii=False)
    print(*ask("/api/SyncData", body, token))


def get(token, **query):
    print(*ask("/api/GetData", json.dumps({"form": "getCustomer", **query}), token))


print(*ask("/api/getToken", '{"username":"sandbox","password":"no"}'))
token = json.loads(ask("/api/getToken", '{"username":"sandbox","password":"sandbox"}')[1])["token"]
print(sorted(token))
token = token["accesstoken"]

sync(None, customer("KH1"))
sync(token, customer("KH1"), customer("KH2", Email="a@b.vn", SuplierYN=1))
sync("Bearer " + token, customer("KH1"), customer("KH2", Email="a@b.vn", SuplierYN=1))
sync(token, customer("kh2", Fax="02838123456"))
sync(token, customer("KH3", PaymentTerm="030"))
sync(token, customer("KH3"), form="setItem")
sync(token)
sync(token, *[customer(str(i)) for i in range(4)])
get(token, Id="KH2")
get(token, Id="KH9")
get(token, dateFrom="2000-01-01", dateTo="2000-12-31")
print(*ask("/api/Other", "{}", token))
status, page = ask("/")
print(status, "2 customers" in page, "KH2" in page)
