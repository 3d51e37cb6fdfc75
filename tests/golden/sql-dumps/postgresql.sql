--
-- PostgreSQL database dump
--
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
CREATE FUNCTION public.f() RETURNS trigger LANGUAGE plpgsql AS $_$
BEGIN
INSERT INTO public.customers VALUES (9);
END;
$_$;
CREATE TABLE public.customers (
    id integer NOT NULL,
    name character varying(100),
    "Full Name" text DEFAULT 'x'::text,
    debt numeric(18,2)
);
CREATE TABLE public.empty (id integer);
COPY public.customers (id, name, "Full Name", debt) FROM stdin;
1	Huế	a\tb\\c\nd	12345678901234567.10
2		\N	\N
3	too	many	1	2
4	\x41\101	\\N	-0.5
\.
COPY public.empty (id) FROM stdin;
\.
INSERT INTO public.customers (id, name, "Full Name", debt) VALUES (5, E'tab\tquote\'u\u1EBF', $q$It's $$ here$q$, '7.50'::numeric(18,2));
INSERT INTO public.customers VALUES (6, 'C:\dir\', NULL, +1.0) ON CONFLICT DO NOTHING;
\unrestrict abc
-- a long tail, so that the dump can be cut off in the middle of a line of the COPY above
COPY public.customers (id, name) FROM stdin;
7	seven
8	eight, which is the last one of them all and is the longest name that there is in this table of them
\.
--
-- PostgreSQL database dump complete
--
