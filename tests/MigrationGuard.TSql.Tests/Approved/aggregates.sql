-- count of an ordinary table
SELECT COUNT_BIG(*) FROM [dbo].[ContactBase]

-- count of a table without a schema
SELECT COUNT_BIG(*) FROM [ContactBase]

-- brackets in names
SELECT [StateCode], COUNT_BIG(*) FROM [a[b]]c].[]]x]]]][] GROUP BY [StateCode]

-- quotes in names
SELECT CONVERT(nvarchar(200), [Sub"ject]) COLLATE Latin1_General_100_BIN2, COUNT_BIG(*) FROM [it's].[say "no"] GROUP BY CONVERT(nvarchar(200), [Sub"ject]) COLLATE Latin1_General_100_BIN2, DATALENGTH(CONVERT(nvarchar(200), [Sub"ject]))

-- dots and spaces in names
SELECT [StateCode], COUNT_BIG(*) FROM [a.b].[c. d] GROUP BY [StateCode]

-- emoji and statements in names
SELECT [StateCode], COUNT_BIG(*) FROM [dbo].[😀; DROP TABLE x --] GROUP BY [StateCode]

-- newest moments
SELECT COUNT_BIG(*), MAX([CreatedOn]), MAX([ModifiedOn]), MAX([Sent at [UTC]]]) FROM [dbo].[ContactBase]

-- newest moments and rows newer than the freeze
SELECT COUNT_BIG(*), MAX([CreatedOn]), MAX([ModifiedOn]), MAX([Sent at [UTC]]]), COUNT_BIG(CASE WHEN [CreatedOn] > @moment0 THEN 1 END), COUNT_BIG(CASE WHEN [ModifiedOn] > @moment1 THEN 1 END), COUNT_BIG(CASE WHEN [Sent at [UTC]]] > @moment2 THEN 1 END) FROM [dbo].[ContactBase]

-- breakdown by text of a length
SELECT CONVERT(nvarchar(200), [Sub"ject]) COLLATE Latin1_General_100_BIN2, COUNT_BIG(*) FROM [dbo].[ContactBase] GROUP BY CONVERT(nvarchar(200), [Sub"ject]) COLLATE Latin1_General_100_BIN2, DATALENGTH(CONVERT(nvarchar(200), [Sub"ject]))

-- breakdown by text of any length
SELECT CONVERT(nvarchar(max), [Body]) COLLATE Latin1_General_100_BIN2, COUNT_BIG(*) FROM [dbo].[ContactBase] GROUP BY CONVERT(nvarchar(max), [Body]) COLLATE Latin1_General_100_BIN2, DATALENGTH(CONVERT(nvarchar(max), [Body]))

-- breakdown by padded text
SELECT CONVERT(nvarchar(3), [Co]]de]) COLLATE Latin1_General_100_BIN2, COUNT_BIG(*) FROM [dbo].[ContactBase] GROUP BY CONVERT(nvarchar(3), [Co]]de]) COLLATE Latin1_General_100_BIN2, DATALENGTH(CONVERT(nvarchar(3), [Co]]de]))

-- breakdown by binary and image
SELECT [Digest], CONVERT(varbinary(max), [Picture]), COUNT_BIG(*) FROM [dbo].[ContactBase] GROUP BY [Digest], CONVERT(varbinary(max), [Picture])

-- values of columns that the target lacks, of filtered rows
SELECT [StateCode], COUNT_BIG(*), COUNT_BIG(CASE WHEN [Picture] IS NOT NULL THEN 1 END), COUNT_BIG(CASE WHEN [Co]]de] IS NOT NULL THEN 1 END) FROM [dbo].[ContactBase] WHERE ([StateCode] = 0 OR [Sub"ject] LIKE N'%)%') GROUP BY [StateCode]

-- all checks fused
SELECT [StateCode], CONVERT(nvarchar(200), [Sub"ject]) COLLATE Latin1_General_100_BIN2, CONVERT(nvarchar(3), [Co]]de]) COLLATE Latin1_General_100_BIN2, COUNT_BIG(*), MAX([CreatedOn]), MAX([ModifiedOn]), COUNT_BIG(CASE WHEN [CreatedOn] > @moment0 THEN 1 END) FROM [dbo].[ContactBase] GROUP BY [StateCode], CONVERT(nvarchar(200), [Sub"ject]) COLLATE Latin1_General_100_BIN2, DATALENGTH(CONVERT(nvarchar(200), [Sub"ject])), CONVERT(nvarchar(3), [Co]]de]) COLLATE Latin1_General_100_BIN2, DATALENGTH(CONVERT(nvarchar(3), [Co]]de]))
