CREATE TABLE public.settings (
    id integer NOT NULL,
    key text,
    index integer,
    value character varying(20)
);
INSERT INTO public.settings VALUES (1, 'a', 5, 'x');
INSERT INTO public.settings (id, key, index, value) VALUES (2, 'b', 6, 'y');
CREATE TABLE m (key varchar(255) NOT NULL, exclude boolean, period int, fulltext text, PRIMARY KEY (key));
INSERT INTO m VALUES ('k', true, 7, 'x');
CREATE TABLE n (id int, name text, KEY named (name), INDEX (id), KEY `quoted` USING BTREE (`id`), FULLTEXT KEY f (name),
  UNIQUE KEY u (id), EXCLUDE USING gist (id WITH =), PERIOD FOR SYSTEM_TIME (id, name));
INSERT INTO n VALUES (1, 'a');
