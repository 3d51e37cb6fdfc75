PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE IF NOT EXISTS "customers"(id INTEGER PRIMARY KEY, [name] TEXT, `amount` REAL, CHECK (id > 0));
INSERT INTO customers VALUES(1,replace(replace('two\r\nlines','\r',char(13)),'\n',char(10)),1.5);
INSERT INTO customers VALUES(2,NULL,9007199254740993);
INSERT INTO "customers" VALUES(3,unistr('a\u000ab'),1e-7);
CREATE TRIGGER t AFTER INSERT ON customers BEGIN
INSERT INTO customers VALUES(9,'never',0);
END;
COMMIT;
