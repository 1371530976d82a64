-- SQL Server 2016 and later, and Azure SQL. A line of GO ends a batch: a trigger must be alone in its own.

-- Files that attestations rest on, each once however many name it. Who attached what, and under which name, is in the payload
-- of the entry; so an attachment goes with the last payload that names its hash, and with nothing else.
CREATE TABLE attachment (
  sha256 varchar(64) NOT NULL CONSTRAINT pk_attachment PRIMARY KEY CONSTRAINT ck_attachment_sha256 CHECK (LEN(sha256) = 64),
  bytes bigint NOT NULL,
  content varbinary(max) NOT NULL,
  CONSTRAINT ck_attachment_bytes CHECK (DATALENGTH(content) = bytes)
);
GO

CREATE TRIGGER attachment_is_never_changed ON attachment INSTEAD OF UPDATE AS
BEGIN
  SET NOCOUNT ON;
  THROW 51223, N'An attachment is never changed.', 1;
END;
GO

CREATE TRIGGER attachment_goes_with_its_last_attestation ON attachment AFTER DELETE AS
BEGIN
  SET NOCOUNT ON;
  -- A payload is UTF-8, whose ASCII reads the same in every code page.
  IF EXISTS (SELECT 1 FROM deleted AS d JOIN ledger_payload AS p ON p.kind = 'attestation-made' WHERE CHARINDEX(d.sha256, CAST(p.payload AS varchar(max))) > 0)
    THROW 51223, N'An attachment is removed only once no attestation names it.', 1;
END;
