"""rows_sql.py: databases and dumps that mean harm: pages that lead in circles,
schemas and queries that would do more than read, brackets and texts without
end. Each is read by cat, check with eight threads, and inspect, in bounded time
and memory, or refused with what is wrong."""
import os
import sqlite3
import tempfile

from rows_workbooks import DONE, INPUT, MIB, REJECTED, book

USAGE = 2


def database(*statements):
    """The bytes of one."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "kh.db")
        with sqlite3.connect(path, isolation_level=None) as made:
            for statement in statements:
                made.execute(statement)
        made.close()
        with open(path, "rb") as file:
            return file.read()


TABLE = "CREATE TABLE kh (Code, Name)"
ROW = "INSERT INTO kh VALUES ('KH1', 'An')"
MANY = ("INSERT INTO kh WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) "
        "SELECT 'KH' || i, 'An' FROM n")
ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"


def sqlite(name, content, code=None, says="", options=""):
    return book("sqlite-" + name, content if callable(content) else lambda: content, code, says, "--format sqlite " + options)


def asked(name, query, code=USAGE, says="does more than read", options=""):
    return sqlite("query-" + name, lambda: database(TABLE, ROW), code, says,
                  "--query %s %s" % (query.replace(" ", "/**/"), options))


def circle():
    """The pages of the table's root lead to the root."""
    made = bytearray(database(TABLE, MANY))
    page = made[16] << 8 | made[17]
    for at in range(12, 200, 2):
        cell = made[page + at] << 8 | made[page + at + 1]
        if 0 < cell <= page - 4:
            made[page + cell:page + cell + 4] = (2).to_bytes(4, "big")
    made[page + 8:page + 12] = (2).to_bytes(4, "big")
    return bytes(made)


def damaged(at):
    made = database(TABLE, MANY)
    return made[:at] + b"\xff" * 600 + made[at + 600:]


def dump(name, content, code=None, says="", options=""):
    return book("dump-" + name, content if callable(content) else lambda: content, code, says, "--format dump " + options)


INSERT = b"INSERT INTO kh (Code, Name) VALUES ('KH1', 'An');\n"

ROWS = [
    *[sqlite("damaged-%d" % at, lambda at=at: damaged(at), INPUT, "damaged|cannot read|cut off") for at in (100, 4096)],
    sqlite("circle", circle, INPUT, "damaged"),
    sqlite("name", lambda: database('CREATE TABLE "a""; DROP TABLE b; --" (Code, Name)',
                                    'INSERT INTO "a""; DROP TABLE b; --" VALUES (1, 2)'), DONE),
    sqlite("view-endless", lambda: database("CREATE VIEW kh AS %s SELECT i AS Code, count(*) AS Name FROM n" % ENDLESS), INPUT,
           "max_steps", "--table kh --max-steps 100000"),
    sqlite("view-of-functions", lambda: database("CREATE VIEW kh AS SELECT load_extension('x') AS Code, 1 AS Name"), None,
           "load_extension|not authorized|unsafe", "--table kh"),
    asked("endless", ENDLESS + " SELECT count(*) FROM n", INPUT, "max_steps", "--max-steps 100000"),
    asked("attach", "ATTACH 'x.db' AS x"),
    asked("pragma", "PRAGMA writable_schema = 1"),
    asked("extension", "SELECT load_extension('x')", None, "load_extension|not authorized"),
    asked("vacuum", "VACUUM INTO 'x.db'", None, "answers no rows|does more than read"),
    asked("blob", "SELECT zeroblob(2000000000) AS Code", None, "max_cell"),
    dump("brackets", lambda: b"INSERT INTO kh (Code, Name) VALUES (" + b"(" * 1000000 + b"1" + b")" * 1000000 + b", 2);\n" + INSERT,
         REJECTED, "32 times"),
    dump("brackets-open", lambda: INSERT + b"INSERT INTO kh (Code, Name) VALUES (" + b"(" * 1000000, INPUT, "cut off"),
    dump("brackets-columns", lambda: b"CREATE TABLE kh (Code " + b"(" * 1000000 + b");\n" + INSERT, None),
    dump("comments", lambda: b"-- PostgreSQL database dump\n" + b"/*" * 1000000 + b"*/" * 1000000 + b"\n" + INSERT
         + b"-- PostgreSQL database dump complete\n", DONE),
    dump("text-512-mib", lambda: INSERT + b"INSERT INTO kh (Code, Name) VALUES ('KH2', '" + b"x" * (512 * MIB) + b"');\n",
         REJECTED, "max_cell"),
    dump("other-512-mib", lambda: INSERT + b"SELECT '" + b"x" * (512 * MIB) + b"';\n", DONE),
    dump("name-15-mib", lambda: b"INSERT INTO " + b"x" * (15 * MIB) + b" (Code, Name) VALUES (1, 2);\n", None),
    dump("columns-million", lambda: b"CREATE TABLE kh (" + b",".join(b"c%d int" % i for i in range(30000)) + b");\n" + INSERT, None),
    dump("tables-million", lambda: b"".join(b"INSERT INTO t%d VALUES (1);\n" % i for i in range(20000)), INPUT, "10000 tables"),
    dump("arguments", lambda: b"INSERT INTO kh (Code, Name) VALUES (CHAR(" + b"65," * 1000000 + b"65), 2);\n" + INSERT, REJECTED,
         "64 arguments"),
    dump("joined", lambda: b"INSERT INTO kh (Code, Name) VALUES ('a'" + b"||'a'" * 1000000 + b", 2);\n" + INSERT, None),
]
