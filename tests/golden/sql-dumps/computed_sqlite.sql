BEGIN TRANSACTION;
CREATE TABLE `kh` (ma text, tong int AS (a + b) STORED, ten text GENERATED ALWAYS AS (upper(ma)), no int);
INSERT INTO "kh" VALUES('-- it''s
GO
',1);
INSERT INTO "kh" VALUES('ENGINE=\',2);
INSERT INTO "kh" (no) VALUES(3);
COMMIT;
