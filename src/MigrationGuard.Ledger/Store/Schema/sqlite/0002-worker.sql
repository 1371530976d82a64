-- Moments are ISO 8601 in UTC at a fixed width, so that they sort as text.

-- What is to be destroyed. The document is the newest entry's; a closed asset's is the last.
CREATE TABLE asset (
  name TEXT NOT NULL PRIMARY KEY COLLATE NOCASE,
  document TEXT NOT NULL,
  registered_seq INTEGER NOT NULL REFERENCES ledger_entry (seq),
  closed_seq INTEGER NULL REFERENCES ledger_entry (seq)
);

-- One time that an obligation falls due. Closed once, with an outcome.
CREATE TABLE occurrence (
  id TEXT NOT NULL PRIMARY KEY COLLATE NOCASE,
  obligation TEXT NOT NULL COLLATE NOCASE,
  subject TEXT NOT NULL COLLATE NOCASE,
  number INTEGER NOT NULL,
  due_on TEXT NOT NULL,
  due_at TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  document TEXT NOT NULL,
  opened_seq INTEGER NOT NULL REFERENCES ledger_entry (seq),
  closed_seq INTEGER NULL REFERENCES ledger_entry (seq),
  outcome TEXT NULL,
  CHECK ((closed_seq IS NULL) = (outcome IS NULL)),
  UNIQUE (obligation, subject, number)
);
CREATE INDEX occurrence_open ON occurrence (id) WHERE closed_seq IS NULL;

-- A reminder or an escalation of an occurrence: its row is what makes it happen once.
CREATE TABLE obligation_step (
  occurrence_id TEXT NOT NULL COLLATE NOCASE REFERENCES occurrence (id),
  step TEXT NOT NULL,
  written_seq INTEGER NOT NULL REFERENCES ledger_entry (seq),
  PRIMARY KEY (occurrence_id, step)
) WITHOUT ROWID;

-- The outbox: what somebody is to be told, written together with the entry it is about.
CREATE TABLE notification (
  id TEXT NOT NULL PRIMARY KEY COLLATE NOCASE,
  seq INTEGER NOT NULL REFERENCES ledger_entry (seq),
  topic TEXT NOT NULL,
  created TEXT NOT NULL,
  document TEXT NOT NULL
);

-- A notification on its way to one recipient. Recipients are keys of the configuration, not names or addresses.
CREATE TABLE delivery (
  notification_id TEXT NOT NULL COLLATE NOCASE REFERENCES notification (id),
  channel TEXT NOT NULL COLLATE NOCASE,
  recipient TEXT NOT NULL COLLATE NOCASE,
  message_id TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  next_attempt TEXT NOT NULL,
  lease_owner TEXT NULL,
  lease_until TEXT NULL,
  last_error TEXT NULL,
  sent_at TEXT NULL,
  PRIMARY KEY (notification_id, channel, recipient)
);
CREATE INDEX delivery_waiting ON delivery (next_attempt) WHERE sent_at IS NULL;

-- Processes that take part in scheduled work. Peers are those that this one has made room for among each database's connections.
CREATE TABLE worker (
  id TEXT NOT NULL PRIMARY KEY,
  host TEXT NOT NULL,
  started TEXT NOT NULL,
  seen TEXT NOT NULL,
  peers TEXT NOT NULL
);

-- The time of a schedule that a run was begun for, or none as the last one was still going on: its row is what makes it run once.
CREATE TABLE scheduled_run (
  schedule TEXT NOT NULL COLLATE NOCASE,
  due TEXT NOT NULL,
  run_id TEXT NULL REFERENCES run (id),
  PRIMARY KEY (schedule, due)
);

-- A run that several workers share: its entities and query pairs, each done once. Unread are the results of one that was never read.
CREATE TABLE run_item (
  run_id TEXT NOT NULL REFERENCES run (id),
  ordinal INTEGER NOT NULL,
  comparison TEXT NOT NULL,
  entity TEXT NULL,
  query TEXT NULL,
  unread TEXT NOT NULL,
  weight INTEGER NOT NULL,
  done_at TEXT NULL,
  done_by TEXT NULL,
  PRIMARY KEY (run_id, ordinal)
);
CREATE INDEX run_item_undone ON run_item (run_id) WHERE done_at IS NULL;

-- How far a recurring piece of work has come.
CREATE TABLE mark (
  name TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
);

CREATE TRIGGER asset_is_never_removed BEFORE DELETE ON asset
BEGIN
  SELECT RAISE(ABORT, 'An asset is closed, never removed.');
END;

-- INSERT OR REPLACE removes a row without its delete trigger.
CREATE TRIGGER asset_is_never_replaced BEFORE INSERT ON asset
WHEN EXISTS (SELECT 1 FROM asset WHERE name = NEW.name)
BEGIN
  SELECT RAISE(ABORT, 'An asset is closed, never replaced.');
END;

CREATE TRIGGER asset_stays_closed BEFORE UPDATE ON asset
WHEN OLD.closed_seq IS NOT NULL OR NEW.name <> OLD.name OR NEW.registered_seq <> OLD.registered_seq
BEGIN
  SELECT RAISE(ABORT, 'A closed asset is never changed.');
END;

CREATE TRIGGER occurrence_is_never_removed BEFORE DELETE ON occurrence
BEGIN
  SELECT RAISE(ABORT, 'What fell due is closed, never removed.');
END;

CREATE TRIGGER occurrence_stays_closed BEFORE UPDATE ON occurrence
WHEN OLD.closed_seq IS NOT NULL OR NEW.id <> OLD.id
BEGIN
  SELECT RAISE(ABORT, 'What was decided is never changed.');
END;

CREATE TRIGGER obligation_step_is_never_removed BEFORE DELETE ON obligation_step
BEGIN
  SELECT RAISE(ABORT, 'A step that was taken is never removed.');
END;

CREATE TRIGGER notification_is_never_removed BEFORE DELETE ON notification
BEGIN
  SELECT RAISE(ABORT, 'A notification is never removed.');
END;

CREATE TRIGGER occurrence_is_never_replaced BEFORE INSERT ON occurrence
WHEN EXISTS (SELECT 1 FROM occurrence WHERE id = NEW.id)
BEGIN
  SELECT RAISE(ABORT, 'What fell due is closed, never replaced.');
END;

CREATE TRIGGER obligation_step_is_never_replaced BEFORE INSERT ON obligation_step
WHEN EXISTS (SELECT 1 FROM obligation_step WHERE occurrence_id = NEW.occurrence_id AND step = NEW.step)
BEGIN
  SELECT RAISE(ABORT, 'A step that was taken is never replaced.');
END;

CREATE TRIGGER notification_is_never_replaced BEFORE INSERT ON notification
WHEN EXISTS (SELECT 1 FROM notification WHERE id = NEW.id)
BEGIN
  SELECT RAISE(ABORT, 'A notification is never replaced.');
END;
