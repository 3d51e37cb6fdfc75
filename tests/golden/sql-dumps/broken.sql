CREATE TABLE t (a int, b text);
INSERT INTO t VALUES (1, 'one'), (2), (3, NOW()), (4, ((1), 'x'), (5, 'five');
INSERT INTO t VALUES (6, 'six') (7, 'seven');
INSERT INTO t SELECT 8, 'eight';
INSERT INTO t (a, c) VALUES (9, 'nine');
INSERT INTO t VALUES
  (10, 'ten'),
  (11, DEFAULT),
  (12, 'twelve', 'more');
INSERT INTO t VALUES (13, 'thirteen');
INSERT INTO t VALUES (14, tính_tiền_theo_khách_hàngề(1));
