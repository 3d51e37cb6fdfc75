--
-- PostgreSQL database dump
--
CREATE TABLE public.kh (
    ma text,
    tong integer GENERATED ALWAYS AS ((a + b)) STORED,
    id integer GENERATED ALWAYS AS IDENTITY,
    co bit varying
);
INSERT INTO public.kh VALUES ('C:\phpMyAdmin\', DEFAULT, 1, B'00101');
INSERT INTO public.kh (ma, tong, id, co) VALUES ('-- MySQL dump''s', DEFAULT, 2, B'');
INSERT INTO public.kh VALUES ('KH3', DEFAULT, DEFAULT, NULL);
CREATE RULE r AS
    ON INSERT TO public.kh DO ( INSERT INTO public.nk (ma)
  VALUES (new.ma);
 INSERT INTO public.kh (ma)
  VALUES (new.ma);
);
INSERT INTO public.kh (ma) VALUES ('KH4');
--
-- PostgreSQL database dump complete
--
