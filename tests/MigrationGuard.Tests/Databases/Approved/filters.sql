-- SqlServer
[Sta"te]]] IN (1, -3, 7)
-- SqlServer
([Sta"te]]] IN (1) OR [Sta"te]]] IS NULL) AND [is_open] IN (1, 0)
-- SqlServer
[Sta"te]]] IS NULL
-- SqlServer
((CONVERT(nvarchar(max), [name]) COLLATE Latin1_General_100_BIN2 = N'it''s' AND DATALENGTH(CONVERT(nvarchar(max), [name])) = 8) OR (CONVERT(nvarchar(max), [name]) COLLATE Latin1_General_100_BIN2 = N'back\slash' AND DATALENGTH(CONVERT(nvarchar(max), [name])) = 20) OR (CONVERT(nvarchar(max), [name]) COLLATE Latin1_General_100_BIN2 = N''') OR 1 = 1 --' AND DATALENGTH(CONVERT(nvarchar(max), [name])) = 28) OR (CONVERT(nvarchar(max), [name]) COLLATE Latin1_General_100_BIN2 = N'水' AND DATALENGTH(CONVERT(nvarchar(max), [name])) = 2) OR (CONVERT(nvarchar(max), [name]) COLLATE Latin1_General_100_BIN2 = N'' AND DATALENGTH(CONVERT(nvarchar(max), [name])) = 0))
-- SqlServer
[owner] IN ('01234567-89ab-cdef-0123-456789abcdef')
-- PostgreSql
"Sta""te]" IN (1, -3, 7)
-- PostgreSql
("Sta""te]" IN (1) OR "Sta""te]" IS NULL) AND "is_open" IN (TRUE, FALSE)
-- PostgreSql
"Sta""te]" IS NULL
-- PostgreSql
"name"::text COLLATE "C" IN (E'it''s', E'back\\slash', E''') OR 1 = 1 --', E'水', E'')
-- PostgreSql
"owner" IN ('01234567-89ab-cdef-0123-456789abcdef'::uuid)
-- Sqlite
"Sta""te]" IN (1, -3, 7)
-- Sqlite
("Sta""te]" IN (1) OR "Sta""te]" IS NULL) AND "is_open" IN (1, 0)
-- Sqlite
"Sta""te]" IS NULL
-- Sqlite
"name" COLLATE BINARY IN ('it''s', 'back\slash', ''') OR 1 = 1 --', '水', '')
