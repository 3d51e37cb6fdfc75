"""From `inspect --json`: how often each sign was met in each input."""
import json
import sys

seen = {}
inputs = [json.loads(line) for line in sys.stdin.buffer]
for found in inputs:
    for sign in found["wrong"]:
        key = sign["kind"], sign["column"] or "-"
        seen.setdefault(key, {})[found["path"]] = sign["count"]
for (kind, column), counts in sorted(seen.items()):
    print(f"{kind:16} {column:15}", *(counts.get(found["path"], "-") for found in inputs))
for found in inputs:
    print(found["path"], found["left_out"], found["notes"])
