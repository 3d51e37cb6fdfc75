-- MySQL dump 10.13  Distrib 8.0.36, for Linux (x86_64)
/*!40101 SET NAMES utf8mb4 */;
DROP TABLE IF EXISTS `customers`;
CREATE TABLE `customers` (
  `id` int NOT NULL AUTO_INCREMENT,
  `name` varchar(100) DEFAULT 'a,b)',
  `debt` decimal(18,2) DEFAULT NULL,
  `flags` bit(3) DEFAULT NULL,
  `photo` longblob,
  PRIMARY KEY (`id`),
  KEY `by_name` (`name`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
LOCK TABLES `customers` WRITE;
INSERT INTO `customers` VALUES (1,'O\'Brien \\ \"x\"\nHuế',12345678901234567.10,b'101',0x00FF),(2,'',NULL,NULL,_binary 'ab'),
(3,'it''s; -- no comment /* none */',-.50,b'0',X'');
UNLOCK TABLES;
DELIMITER ;;
CREATE TRIGGER `t` BEFORE INSERT ON `customers` FOR EACH ROW BEGIN
INSERT INTO `customers` VALUES (9,'never',0,0,0);
END ;;
DELIMITER ;
INSERT IGNORE INTO `customers` (`name`, `id`) VALUES ("double", 4) ON DUPLICATE KEY UPDATE `name`='x';
-- Dump completed on 2024-01-15 10:30:00
