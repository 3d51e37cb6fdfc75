"""Sends one customer to the sandbox at argv[1] until it is answered."""
import json, sys, urllib.request

opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def ask(path, token, **body):
    request = urllib.request.Request(sys.argv[1] + path, json.dumps(body).encode())
    request.add_header("Authorization", token)
    with opener.open(request) as reply:
        return reply.read().decode()


token = json.loads(ask("/api/getToken", "", username="sandbox", password="sandbox"))
token = token["token"]["accesstoken"]
customer = {"CustomerCode": "KH1", "CustomerName": "A", "status": "1"}
for attempt in range(9):
    try:
        print(ask("/api/SyncData", token, form="setCustomer", data=[customer]))
        break
    except ConnectionResetError:
        print("reset")
