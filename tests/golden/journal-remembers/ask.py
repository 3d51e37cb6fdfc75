"""What the journal holds of a run."""
import json
import sqlite3
import stat
import os

path = ".fastsync/kh/journal.db"
db = sqlite3.connect(path)
for mapping, form, ended, ledger, code, message in db.execute(
        "SELECT mapping, form, ended IS NOT NULL, ledger, exit, message "
        "FROM runs"):
    print(mapping, form, ended, json.loads(ledger)["ledger"], code, message)
for records, fkey, size in db.execute(
        "SELECT records, fkey <> '', length(keys) FROM batches"):
    print(records, fkey, size)
print(oct(stat.S_IMODE(os.stat(path).st_mode)))
