-- Moments are ISO 8601 in UTC at a fixed width, so that they sort as text. The indexes on lower() keep names apart
-- whatever their case, as the other engines do.

-- What is to be destroyed. The document is the newest entry's; a closed asset's is the last.
CREATE TABLE asset (
  name text NOT NULL PRIMARY KEY,
  document text NOT NULL,
  registered_seq bigint NOT NULL REFERENCES ledger_entry (seq),
  closed_seq bigint NULL REFERENCES ledger_entry (seq)
);
CREATE UNIQUE INDEX asset_in_any_case ON asset (lower(name));

-- One time that an obligation falls due. Closed once, with an outcome.
CREATE TABLE occurrence (
  id text NOT NULL PRIMARY KEY,
  obligation text NOT NULL,
  subject text NOT NULL,
  number integer NOT NULL,
  due_on text NOT NULL,
  due_at text NOT NULL,
  sequence integer NOT NULL,
  document text NOT NULL,
  opened_seq bigint NOT NULL REFERENCES ledger_entry (seq),
  closed_seq bigint NULL REFERENCES ledger_entry (seq),
  outcome text NULL,
  CHECK ((closed_seq IS NULL) = (outcome IS NULL)),
  UNIQUE (obligation, subject, number)
);
CREATE INDEX occurrence_open ON occurrence (id) WHERE closed_seq IS NULL;

-- A reminder or an escalation of an occurrence: its row is what makes it happen once.
CREATE TABLE obligation_step (
  occurrence_id text NOT NULL REFERENCES occurrence (id),
  step text NOT NULL,
  written_seq bigint NOT NULL REFERENCES ledger_entry (seq),
  PRIMARY KEY (occurrence_id, step)
);

-- The outbox: what somebody is to be told, written together with the entry it is about.
CREATE TABLE notification (
  id text NOT NULL PRIMARY KEY,
  seq bigint NOT NULL REFERENCES ledger_entry (seq),
  topic text NOT NULL,
  created text NOT NULL,
  document text NOT NULL
);

-- A notification on its way to one recipient. Recipients are keys of the configuration, not names or addresses.
CREATE TABLE delivery (
  notification_id text NOT NULL REFERENCES notification (id),
  channel text NOT NULL,
  recipient text NOT NULL,
  message_id text NOT NULL,
  attempts integer NOT NULL,
  next_attempt text NOT NULL,
  lease_owner text NULL,
  lease_until text NULL,
  last_error text NULL,
  sent_at text NULL,
  PRIMARY KEY (notification_id, channel, recipient)
);
CREATE INDEX delivery_waiting ON delivery (next_attempt) WHERE sent_at IS NULL;

-- Processes that take part in scheduled work. Peers are those that this one has made room for among each database's connections.
CREATE TABLE worker (
  id text NOT NULL PRIMARY KEY,
  host text NOT NULL,
  started text NOT NULL,
  seen text NOT NULL,
  peers text NOT NULL
);

-- The time of a schedule that a run was begun for, or none as the last one was still going on: its row is what makes it run once.
CREATE TABLE scheduled_run (
  schedule text NOT NULL,
  due text NOT NULL,
  run_id text NULL REFERENCES run (id),
  PRIMARY KEY (schedule, due)
);

-- A run that several workers share: its entities and query pairs, each done once. Unread are the results of one that was never read.
CREATE TABLE run_item (
  run_id text NOT NULL REFERENCES run (id),
  ordinal integer NOT NULL,
  comparison text NOT NULL,
  entity text NULL,
  query text NULL,
  unread text NOT NULL,
  weight bigint NOT NULL,
  done_at text NULL,
  done_by text NULL,
  PRIMARY KEY (run_id, ordinal)
);
CREATE INDEX run_item_undone ON run_item (run_id) WHERE done_at IS NULL;

-- How far a recurring piece of work has come.
CREATE TABLE mark (
  name text NOT NULL PRIMARY KEY,
  value text NOT NULL
);

CREATE TRIGGER asset_is_never_removed BEFORE DELETE OR TRUNCATE ON asset
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse('An asset is closed, never removed.');

CREATE TRIGGER asset_stays_closed BEFORE UPDATE ON asset
  FOR EACH ROW WHEN (OLD.closed_seq IS NOT NULL OR NEW.name <> OLD.name OR NEW.registered_seq <> OLD.registered_seq)
  EXECUTE FUNCTION ledger_refuse('A closed asset is never changed.');

CREATE TRIGGER occurrence_is_never_removed BEFORE DELETE OR TRUNCATE ON occurrence
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse('What fell due is closed, never removed.');

CREATE TRIGGER occurrence_stays_closed BEFORE UPDATE ON occurrence
  FOR EACH ROW WHEN (OLD.closed_seq IS NOT NULL OR NEW.id <> OLD.id)
  EXECUTE FUNCTION ledger_refuse('What was decided is never changed.');

CREATE TRIGGER obligation_step_is_never_removed BEFORE DELETE OR TRUNCATE ON obligation_step
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse('A step that was taken is never removed.');

CREATE TRIGGER notification_is_never_removed BEFORE DELETE OR TRUNCATE ON notification
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse('A notification is never removed.');
