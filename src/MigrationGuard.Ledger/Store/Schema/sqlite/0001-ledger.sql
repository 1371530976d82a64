-- Entries of the chain: the line's bytes never change, and each names its predecessor's hash.
CREATE TABLE ledger_entry (
  seq INTEGER NOT NULL PRIMARY KEY CHECK (seq > 0),
  line TEXT NOT NULL,
  hash TEXT NOT NULL
);

-- Apart from the entries, so that what an entry was about can be erased and the chain still holds.
CREATE TABLE ledger_payload (
  seq INTEGER NOT NULL PRIMARY KEY REFERENCES ledger_entry (seq),
  kind TEXT NOT NULL,
  salt BLOB NULL,
  payload BLOB NULL,
  CHECK ((salt IS NULL) = (payload IS NULL))
);
CREATE INDEX ledger_payload_by_kind ON ledger_payload (kind, seq);

-- The only place that ties a pseudonym to an account; removing the row breaks the tie for good.
CREATE TABLE actor (
  id TEXT NOT NULL PRIMARY KEY,
  account TEXT NOT NULL UNIQUE
);

CREATE TABLE run (
  id TEXT NOT NULL PRIMARY KEY,
  started_seq INTEGER NOT NULL UNIQUE REFERENCES ledger_entry (seq),
  -- Null until the run is finished; from then on the row is immutable.
  finished_seq INTEGER NULL REFERENCES ledger_entry (seq),
  document TEXT NOT NULL
);

CREATE TABLE run_result (
  run_id TEXT NOT NULL REFERENCES run (id),
  ordinal INTEGER NOT NULL,
  part INTEGER NOT NULL,
  document TEXT NOT NULL,
  PRIMARY KEY (run_id, ordinal, part)
) WITHOUT ROWID;

CREATE TRIGGER ledger_entry_is_never_changed BEFORE UPDATE ON ledger_entry
BEGIN
  SELECT RAISE(ABORT, 'Entries of the ledger are never changed.');
END;

CREATE TRIGGER ledger_entry_is_never_removed BEFORE DELETE ON ledger_entry
BEGIN
  SELECT RAISE(ABORT, 'Entries of the ledger are never removed.');
END;

-- INSERT OR REPLACE removes a row without its delete trigger.
CREATE TRIGGER ledger_entry_is_never_replaced BEFORE INSERT ON ledger_entry
WHEN EXISTS (SELECT 1 FROM ledger_entry WHERE seq = NEW.seq)
BEGIN
  SELECT RAISE(ABORT, 'Entries of the ledger are never replaced.');
END;

CREATE TRIGGER ledger_payload_is_only_erased BEFORE UPDATE ON ledger_payload
WHEN NEW.seq <> OLD.seq OR NEW.kind <> OLD.kind OR NEW.salt IS NOT NULL OR NEW.payload IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'A payload of the ledger may be erased, not changed.');
END;

CREATE TRIGGER ledger_payload_is_never_removed BEFORE DELETE ON ledger_payload
BEGIN
  SELECT RAISE(ABORT, 'A payload of the ledger may be erased, not removed.');
END;

CREATE TRIGGER ledger_payload_is_never_replaced BEFORE INSERT ON ledger_payload
WHEN EXISTS (SELECT 1 FROM ledger_payload WHERE seq = NEW.seq)
BEGIN
  SELECT RAISE(ABORT, 'A payload of the ledger may be erased, not replaced.');
END;

CREATE TRIGGER run_is_immutable_once_finished BEFORE UPDATE ON run
WHEN OLD.finished_seq IS NOT NULL OR NEW.id <> OLD.id OR NEW.started_seq <> OLD.started_seq
BEGIN
  SELECT RAISE(ABORT, 'A finished run is never changed.');
END;

CREATE TRIGGER run_is_never_removed BEFORE DELETE ON run
BEGIN
  SELECT RAISE(ABORT, 'A run is never removed.');
END;

CREATE TRIGGER run_is_never_replaced BEFORE INSERT ON run
WHEN EXISTS (SELECT 1 FROM run WHERE id = NEW.id)
BEGIN
  SELECT RAISE(ABORT, 'A run is never replaced.');
END;

CREATE TRIGGER run_result_comes_before_the_end BEFORE INSERT ON run_result
WHEN EXISTS (SELECT 1 FROM run WHERE id = NEW.run_id AND finished_seq IS NOT NULL)
BEGIN
  SELECT RAISE(ABORT, 'A finished run takes no more results.');
END;

CREATE TRIGGER run_result_is_never_replaced BEFORE INSERT ON run_result
WHEN EXISTS (SELECT 1 FROM run_result WHERE run_id = NEW.run_id AND ordinal = NEW.ordinal AND part = NEW.part)
BEGIN
  SELECT RAISE(ABORT, 'A result is never replaced.');
END;

CREATE TRIGGER run_result_is_never_changed BEFORE UPDATE ON run_result
BEGIN
  SELECT RAISE(ABORT, 'A result is never changed.');
END;

CREATE TRIGGER run_result_is_never_removed BEFORE DELETE ON run_result
BEGIN
  SELECT RAISE(ABORT, 'A result is never removed.');
END;
