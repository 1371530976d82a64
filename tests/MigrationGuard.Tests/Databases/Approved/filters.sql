-- SqlServer
[Sta"te]]] IN (1, -3, 7)
-- SqlServer
([Sta"te]]] IN (1) OR [Sta"te]]] IS NULL) AND [is_open] IN (1, 0)
-- SqlServer
[Sta"te]]] IS NULL
-- SqlServer
[name] IN (N'it''s', N'back\slash', N''') OR 1 = 1 --', N'水', N'')
-- SqlServer
[owner] IN ('01234567-89ab-cdef-0123-456789abcdef')
-- PostgreSql
"Sta""te]" IN (1, -3, 7)
-- PostgreSql
("Sta""te]" IN (1) OR "Sta""te]" IS NULL) AND "is_open" IN (TRUE, FALSE)
-- PostgreSql
"Sta""te]" IS NULL
-- PostgreSql
"name" IN (E'it''s', E'back\\slash', E''') OR 1 = 1 --', E'水', E'')
-- PostgreSql
"owner" IN ('01234567-89ab-cdef-0123-456789abcdef'::uuid)
-- Sqlite
"Sta""te]" IN (1, -3, 7)
-- Sqlite
("Sta""te]" IN (1) OR "Sta""te]" IS NULL) AND "is_open" IN (1, 0)
-- Sqlite
"Sta""te]" IS NULL
-- Sqlite
"name" IN ('it''s', 'back\slash', ''') OR 1 = 1 --', '水', '')
