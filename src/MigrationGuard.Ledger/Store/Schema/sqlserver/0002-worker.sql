-- SQL Server 2016 and later, and Azure SQL. A line of GO ends a batch: a trigger must be alone in its own.
-- Moments are ISO 8601 in UTC at a fixed width, so that they sort as text.

-- What is to be destroyed. The document is the newest entry's; a closed asset's is the last.
CREATE TABLE asset (
  name varchar(100) NOT NULL CONSTRAINT pk_asset PRIMARY KEY,
  document nvarchar(max) NOT NULL,
  registered_seq bigint NOT NULL CONSTRAINT fk_asset_registered REFERENCES ledger_entry (seq),
  closed_seq bigint NULL CONSTRAINT fk_asset_closed REFERENCES ledger_entry (seq)
);

-- One time that an obligation falls due. Closed once, with an outcome.
CREATE TABLE occurrence (
  id varchar(200) NOT NULL CONSTRAINT pk_occurrence PRIMARY KEY,
  obligation varchar(100) NOT NULL,
  subject varchar(100) NOT NULL,
  number int NOT NULL,
  due_on varchar(10) NOT NULL,
  due_at varchar(30) NOT NULL,
  sequence int NOT NULL,
  document nvarchar(max) NOT NULL,
  opened_seq bigint NOT NULL CONSTRAINT fk_occurrence_opened REFERENCES ledger_entry (seq),
  closed_seq bigint NULL CONSTRAINT fk_occurrence_closed REFERENCES ledger_entry (seq),
  outcome varchar(50) NULL,
  CONSTRAINT ck_occurrence_closed CHECK ((closed_seq IS NULL AND outcome IS NULL) OR (closed_seq IS NOT NULL AND outcome IS NOT NULL)),
  CONSTRAINT uq_occurrence UNIQUE (obligation, subject, number)
);
CREATE INDEX ix_occurrence_open ON occurrence (id) WHERE closed_seq IS NULL;

-- A reminder or an escalation of an occurrence: its row is what makes it happen once.
CREATE TABLE obligation_step (
  occurrence_id varchar(200) NOT NULL CONSTRAINT fk_obligation_step_occurrence REFERENCES occurrence (id),
  step varchar(50) NOT NULL,
  written_seq bigint NOT NULL CONSTRAINT fk_obligation_step_written REFERENCES ledger_entry (seq),
  CONSTRAINT pk_obligation_step PRIMARY KEY (occurrence_id, step)
);

-- The outbox: what somebody is to be told, written together with the entry it is about.
CREATE TABLE notification (
  id varchar(250) NOT NULL CONSTRAINT pk_notification PRIMARY KEY,
  seq bigint NOT NULL CONSTRAINT fk_notification_entry REFERENCES ledger_entry (seq),
  topic varchar(50) NOT NULL,
  created varchar(30) NOT NULL,
  document nvarchar(max) NOT NULL
);

-- A notification on its way to one recipient. Recipients are keys of the configuration, not names or addresses.
CREATE TABLE delivery (
  notification_id varchar(250) NOT NULL CONSTRAINT fk_delivery_notification REFERENCES notification (id),
  channel nvarchar(150) NOT NULL,
  recipient nvarchar(150) NOT NULL,
  message_id nvarchar(300) NOT NULL,
  attempts int NOT NULL,
  next_attempt varchar(30) NOT NULL,
  lease_owner nvarchar(100) NULL,
  lease_until varchar(30) NULL,
  last_error nvarchar(max) NULL,
  sent_at varchar(30) NULL,
  CONSTRAINT pk_delivery PRIMARY KEY (notification_id, channel, recipient)
);
CREATE INDEX ix_delivery_waiting ON delivery (next_attempt) WHERE sent_at IS NULL;

-- Processes that take part in scheduled work. Peers are those that this one has made room for among each database's connections.
CREATE TABLE worker (
  id nvarchar(100) NOT NULL CONSTRAINT pk_worker PRIMARY KEY,
  host nvarchar(255) NOT NULL,
  started varchar(30) NOT NULL,
  seen varchar(30) NOT NULL,
  peers nvarchar(max) NOT NULL
);

-- The time of a schedule that a run was begun for, or none as the last one was still going on: its row is what makes it run once.
CREATE TABLE scheduled_run (
  schedule nvarchar(100) NOT NULL,
  due varchar(30) NOT NULL,
  run_id varchar(50) NULL CONSTRAINT fk_scheduled_run_run REFERENCES run (id),
  CONSTRAINT pk_scheduled_run PRIMARY KEY (schedule, due)
);

-- A run that several workers share: its entities and query pairs, each done once. Unread are the results of one that was never read.
CREATE TABLE run_item (
  run_id varchar(50) NOT NULL CONSTRAINT fk_run_item_run REFERENCES run (id),
  ordinal int NOT NULL,
  comparison nvarchar(400) NOT NULL,
  entity nvarchar(400) NULL,
  query nvarchar(400) NULL,
  unread nvarchar(max) NOT NULL,
  weight bigint NOT NULL,
  done_at varchar(30) NULL,
  done_by nvarchar(100) NULL,
  CONSTRAINT pk_run_item PRIMARY KEY (run_id, ordinal)
);
CREATE INDEX ix_run_item_undone ON run_item (run_id) WHERE done_at IS NULL;

-- How far a recurring piece of work has come.
CREATE TABLE mark (
  name varchar(250) NOT NULL CONSTRAINT pk_mark PRIMARY KEY,
  value nvarchar(max) NOT NULL
);
GO

CREATE TRIGGER asset_is_never_removed ON asset INSTEAD OF DELETE AS
BEGIN
  SET NOCOUNT ON;
  THROW 51223, N'An asset is closed, never removed.', 1;
END;
GO

CREATE TRIGGER asset_stays_closed ON asset AFTER UPDATE AS
BEGIN
  SET NOCOUNT ON;
  IF UPDATE(name) OR UPDATE(registered_seq) OR EXISTS (SELECT 1 FROM deleted WHERE closed_seq IS NOT NULL)
    THROW 51223, N'A closed asset is never changed.', 1;
END;
GO

CREATE TRIGGER occurrence_is_never_removed ON occurrence INSTEAD OF DELETE AS
BEGIN
  SET NOCOUNT ON;
  THROW 51223, N'What fell due is closed, never removed.', 1;
END;
GO

CREATE TRIGGER occurrence_stays_closed ON occurrence AFTER UPDATE AS
BEGIN
  SET NOCOUNT ON;
  IF UPDATE(id) OR EXISTS (SELECT 1 FROM deleted WHERE closed_seq IS NOT NULL)
    THROW 51223, N'What was decided is never changed.', 1;
END;
GO

CREATE TRIGGER obligation_step_is_never_removed ON obligation_step INSTEAD OF DELETE AS
BEGIN
  SET NOCOUNT ON;
  THROW 51223, N'A step that was taken is never removed.', 1;
END;
GO

CREATE TRIGGER notification_is_never_removed ON notification INSTEAD OF DELETE AS
BEGIN
  SET NOCOUNT ON;
  THROW 51223, N'A notification is never removed.', 1;
END;
