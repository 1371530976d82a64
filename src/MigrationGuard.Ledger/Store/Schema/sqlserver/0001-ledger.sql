-- SQL Server 2016 and later, and Azure SQL. A line of GO ends a batch: a trigger must be alone in its own.

-- Entries of the chain: the line's bytes never change, and each names its predecessor's hash. Lines are ASCII.
CREATE TABLE ledger_entry (
  seq bigint NOT NULL CONSTRAINT pk_ledger_entry PRIMARY KEY CONSTRAINT ck_ledger_entry_seq CHECK (seq > 0),
  line varchar(4000) NOT NULL,
  hash varchar(64) NOT NULL
);

-- Apart from the entries, so that what an entry was about can be erased and the chain still holds.
CREATE TABLE ledger_payload (
  seq bigint NOT NULL CONSTRAINT pk_ledger_payload PRIMARY KEY CONSTRAINT fk_ledger_payload_entry REFERENCES ledger_entry (seq),
  kind varchar(50) NOT NULL,
  salt varbinary(32) NULL,
  payload varbinary(max) NULL,
  CONSTRAINT ck_ledger_payload_erased CHECK ((salt IS NULL AND payload IS NULL) OR (salt IS NOT NULL AND payload IS NOT NULL))
);
CREATE INDEX ix_ledger_payload_kind ON ledger_payload (kind, seq);

-- The only place that ties a pseudonym to an account; removing the row breaks the tie for good.
CREATE TABLE actor (
  id varchar(50) NOT NULL CONSTRAINT pk_actor PRIMARY KEY,
  account nvarchar(400) NOT NULL CONSTRAINT uq_actor_account UNIQUE
);

CREATE TABLE run (
  id varchar(50) NOT NULL CONSTRAINT pk_run PRIMARY KEY,
  started_seq bigint NOT NULL CONSTRAINT uq_run_started UNIQUE CONSTRAINT fk_run_started REFERENCES ledger_entry (seq),
  -- Null until the run is finished; from then on the row is immutable.
  finished_seq bigint NULL CONSTRAINT fk_run_finished REFERENCES ledger_entry (seq),
  document nvarchar(max) NOT NULL
);

CREATE TABLE run_result (
  run_id varchar(50) NOT NULL CONSTRAINT fk_run_result_run REFERENCES run (id),
  ordinal int NOT NULL,
  part int NOT NULL,
  document nvarchar(max) NOT NULL,
  CONSTRAINT pk_run_result PRIMARY KEY (run_id, ordinal, part)
);
GO

-- TRUNCATE fires no trigger: the foreign keys that point at a table refuse it, and where none does, verification finds it.
CREATE TRIGGER ledger_entry_is_never_changed ON ledger_entry INSTEAD OF UPDATE, DELETE AS
BEGIN
  SET NOCOUNT ON;
  THROW 51223, N'Entries of the ledger are never changed or removed.', 1;
END;
GO

CREATE TRIGGER ledger_payload_is_only_erased ON ledger_payload AFTER UPDATE AS
BEGIN
  SET NOCOUNT ON;
  IF UPDATE(seq) OR UPDATE(kind) OR EXISTS (SELECT 1 FROM inserted WHERE salt IS NOT NULL OR payload IS NOT NULL)
    THROW 51223, N'A payload of the ledger may be erased, not changed.', 1;
END;
GO

CREATE TRIGGER ledger_payload_is_never_removed ON ledger_payload INSTEAD OF DELETE AS
BEGIN
  SET NOCOUNT ON;
  THROW 51223, N'A payload of the ledger may be erased, not removed.', 1;
END;
GO

CREATE TRIGGER run_is_immutable_once_finished ON run AFTER UPDATE AS
BEGIN
  SET NOCOUNT ON;
  IF UPDATE(id) OR UPDATE(started_seq) OR EXISTS (SELECT 1 FROM deleted WHERE finished_seq IS NOT NULL)
    THROW 51223, N'A finished run is never changed.', 1;
END;
GO

CREATE TRIGGER run_is_never_removed ON run INSTEAD OF DELETE AS
BEGIN
  SET NOCOUNT ON;
  THROW 51223, N'A run is never removed.', 1;
END;
GO

CREATE TRIGGER run_result_comes_before_the_end ON run_result AFTER INSERT AS
BEGIN
  SET NOCOUNT ON;
  IF EXISTS (SELECT 1 FROM inserted AS i JOIN run AS r ON r.id = i.run_id WHERE r.finished_seq IS NOT NULL)
    THROW 51223, N'A finished run takes no more results.', 1;
END;
GO

CREATE TRIGGER run_result_is_never_changed ON run_result INSTEAD OF UPDATE, DELETE AS
BEGIN
  SET NOCOUNT ON;
  THROW 51223, N'A result is never changed or removed.', 1;
END;
