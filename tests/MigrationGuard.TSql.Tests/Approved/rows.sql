-- columns of every kind, long ones last
SELECT [StateCode], [CreatedOn], [Co]]de], [Sent at [UTC]]], [Body], CONVERT(varbinary(max), [Picture]), CONVERT(nvarchar(max), [Note]), CONVERT(nvarchar(max), [Details]) FROM [dbo].[ContactBase]

-- types of the engine's own
SELECT CONVERT(varbinary(max), [Place]), CONVERT(nvarchar(max), [Vector]) FROM [dbo].[ContactBase]

-- whether columns hold values, whatever their types
SELECT CASE WHEN [Any]]thing] IS NOT NULL THEN CAST(1 AS bigint) END, [StateCode], CASE WHEN [Picture] IS NOT NULL THEN CAST(1 AS bigint) END FROM [dbo].[ContactBase]

-- a range of integers
SELECT [StateCode] FROM [dbo].[ContactBase] WHERE [StateCode] >= @from AND [StateCode] < @to

-- a range of UUIDs without an end, and a filter
SELECT [Id] FROM [dbo].[ContactBase] WHERE [Id] >= @from AND (StateCode = 0 OR StateCode = 1)

-- a range after the last integer
SELECT [StateCode] FROM [dbo].[ContactBase] WHERE 1 = 0

-- values of columns that rows are picked by
SELECT [Id], [CreatedOn] FROM [dbo].[ContactBase] WHERE (([StateCode] IN (1, -3) OR [StateCode] IS NULL) AND ((CONVERT(nvarchar(200), [Sub"ject]) COLLATE Latin1_General_100_BIN2 = N'it''s' AND DATALENGTH(CONVERT(nvarchar(200), [Sub"ject])) = 8) OR (CONVERT(nvarchar(200), [Sub"ject]) COLLATE Latin1_General_100_BIN2 = N''') OR 1 = 1 --' AND DATALENGTH(CONVERT(nvarchar(200), [Sub"ject])) = 28) OR (CONVERT(nvarchar(200), [Sub"ject]) COLLATE Latin1_General_100_BIN2 = N'水' AND DATALENGTH(CONVERT(nvarchar(200), [Sub"ject])) = 2)) AND [IsOpen] IN (1) AND [Id] IN ('01234567-89ab-cdef-0123-456789abcdef'))

-- brackets in names of a range
SELECT [Co]]de] FROM [dbo].[ContactBase] WHERE [Co]]de] < @to
