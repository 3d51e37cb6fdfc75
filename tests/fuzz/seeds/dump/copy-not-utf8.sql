-- PostgreSQL database dump
COPY public.kh (ma, ten) FROM stdin;
1	\xC3
2	an
\.
