-- PostgreSql
COPY (SELECT "i""d", "fee"::numeric, "body", "document"::text, "span"::text FROM "public"."ta""ble") TO STDOUT (FORMAT binary)
-- PostgreSql
COPY (SELECT CASE WHEN "span" IS DISTINCT FROM NULL THEN CAST(1 AS bigint) END, "i""d", CASE WHEN "body" IS DISTINCT FROM NULL THEN CAST(1 AS bigint) END FROM "public"."ta""ble") TO STDOUT (FORMAT binary)
-- PostgreSql
COPY (SELECT "i""d" FROM "public"."ta""ble" WHERE "i""d" >= '-5'::bigint AND "i""d" < '7'::bigint AND (fee > 0 OR fee IS NULL)) TO STDOUT (FORMAT binary)
-- PostgreSql
COPY (SELECT "i""d" FROM "public"."ta""ble" WHERE ("i""d" < '-9223372036854775808'::bigint OR "i""d" IS NULL)) TO STDOUT (FORMAT binary)
-- PostgreSql
COPY (SELECT "i""d" FROM "public"."ta""ble" WHERE 1 = 0) TO STDOUT (FORMAT binary)
-- Sqlite
SELECT "body", "i""d", "fee", "document", CAST("span" AS TEXT) FROM "public"."ta""ble"
-- Sqlite
SELECT CASE WHEN "span" IS NOT NULL THEN CAST(1 AS bigint) END, "i""d", CASE WHEN "body" IS NOT NULL THEN CAST(1 AS bigint) END FROM "public"."ta""ble"
-- Sqlite
SELECT "i""d" FROM "public"."ta""ble" WHERE "i""d" >= @from AND "i""d" < @to AND (fee > 0 OR fee IS NULL)
-- Sqlite
SELECT "i""d" FROM "public"."ta""ble" WHERE "i""d" < @to
-- Sqlite
SELECT "i""d" FROM "public"."ta""ble" WHERE 1 = 0
COPY (SELECT "uuid" FROM "public"."ta""ble" WHERE "uuid" >= '00000000-0000-0000-0000-000000000001'::uuid AND "uuid" < 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid) TO STDOUT (FORMAT binary)
