-- MariaDB dump 10.19  Distrib 10.11
CREATE TABLE `kh` (a int, b text);
INSERT INTO `kh` VALUES (1,'one');
IFSERT INTO `kh` VALUES (2,'two');
INSERTINTO `kh` VALUES (3,'three');
INSERT INTO `kh VALUES (4,'four');
INSERT INTO `kh` VALUES (5,'five');
INSERT JNTO `kh` VALUES (6,'six');
INSERT INTO `kh` VALUES (7,'seven'),(8,'ei
ght');
INSERT INTO kh@ VALUFS (9,'nine');
CREATE TABLE `other` (a int);
INSERT INTO `other` SELECT 1;
INSERT INTO `kh` VALUES (10,'ten');
-- Dump completed
