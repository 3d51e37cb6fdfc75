"""Changes what the sandbox keeps, behind everybody's back."""
import json
import sqlite3
import unicodedata

store = sqlite3.connect("store.db", timeout=10)
store.execute("DELETE FROM record WHERE key = 'KH04'")
fields = json.loads(store.execute(
    "SELECT fields FROM record WHERE key = 'KH02'").fetchone()[0])
# None of these is a difference …
fields["Status"] = int(fields.pop("status"))
fields["EmployeeYN"] = False
fields["CustomerCode"] = "KH02"
fields["CustomerName"] = unicodedata.normalize(
    "NFD", fields["CustomerName"]) + "   "
fields["SaleCode"] = "never sent"
# … but this is one.
fields["Address"] = None
store.execute("UPDATE record SET fields = ? WHERE key = 'KH02'",
              (json.dumps(fields, ensure_ascii=False),))
store.commit()
