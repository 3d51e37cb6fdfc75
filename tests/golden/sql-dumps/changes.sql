-- PostgreSQL database dump
CREATE TABLE public.t (a int, b text);
TRUNCATE TABLE public.t;
DELETE FROM t;
ALTER TABLE ONLY public.t OWNER TO kh;
INSERT INTO public.t VALUES (1, U&'Hu\1EBF \+01F600 \D83D\DE00 \\ it''s'), (2, ARRAY[1,2]), (3, U&'d!0061' UESCAPE '!'),
  (4, U&'\12'), (5, 'five');
UPDATE public.t SET b = 'x;y' WHERE a = 1;
DELETE FROM ONLY t WHERE a = 2;
UPDATE other SET b = 'z';
ALTER TABLE ONLY public.t ADD CONSTRAINT t_pkey PRIMARY KEY (a);
ALTER TABLE public.t ALTER COLUMN a SET DEFAULT 1;
INSERT INTO public.t VALUES (6, 'six');
ALTER TABLE t ADD COLUMN c int;
COPY public.t (a, b) FROM stdin WITH (FORMAT csv);
7,"seven"
\.
--
-- PostgreSQL database dump complete
--
