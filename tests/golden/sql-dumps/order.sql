INSERT INTO t (b,a) VALUES ('one',1);
INSERT INTO t VALUES (2,'two');
INSERT INTO t (a,b) VALUES (3,'three');
