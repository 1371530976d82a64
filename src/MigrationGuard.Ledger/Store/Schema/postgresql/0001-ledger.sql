-- Entries of the chain: the line's bytes never change, and each names its predecessor's hash.
CREATE TABLE ledger_entry (
  seq bigint NOT NULL PRIMARY KEY CHECK (seq > 0),
  line text NOT NULL,
  hash text NOT NULL
);

-- Apart from the entries, so that what an entry was about can be erased and the chain still holds.
CREATE TABLE ledger_payload (
  seq bigint NOT NULL PRIMARY KEY REFERENCES ledger_entry (seq),
  kind text NOT NULL,
  salt bytea NULL,
  payload bytea NULL,
  CHECK ((salt IS NULL) = (payload IS NULL))
);
CREATE INDEX ledger_payload_by_kind ON ledger_payload (kind, seq);

-- The only place that ties a pseudonym to an account; removing the row breaks the tie for good.
CREATE TABLE actor (
  id text NOT NULL PRIMARY KEY,
  account text NOT NULL UNIQUE
);

CREATE TABLE run (
  id text NOT NULL PRIMARY KEY,
  started_seq bigint NOT NULL UNIQUE REFERENCES ledger_entry (seq),
  -- Null until the run is finished; from then on the row is immutable.
  finished_seq bigint NULL REFERENCES ledger_entry (seq),
  document text NOT NULL
);

CREATE TABLE run_result (
  run_id text NOT NULL REFERENCES run (id),
  ordinal integer NOT NULL,
  part integer NOT NULL,
  document text NOT NULL,
  PRIMARY KEY (run_id, ordinal, part)
);

-- Raises the sentence it is given; the condition stands at each trigger.
CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation';
END
$$;

CREATE TRIGGER ledger_entry_is_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entry
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse('Entries of the ledger are never changed or removed.');

CREATE TRIGGER ledger_payload_is_only_erased BEFORE UPDATE ON ledger_payload
  FOR EACH ROW WHEN (NEW.seq <> OLD.seq OR NEW.kind <> OLD.kind OR NEW.salt IS NOT NULL OR NEW.payload IS NOT NULL)
  EXECUTE FUNCTION ledger_refuse('A payload of the ledger may be erased, not changed.');

CREATE TRIGGER ledger_payload_is_never_removed BEFORE DELETE OR TRUNCATE ON ledger_payload
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse('A payload of the ledger may be erased, not removed.');

CREATE TRIGGER run_is_immutable_once_finished BEFORE UPDATE ON run
  FOR EACH ROW WHEN (OLD.finished_seq IS NOT NULL OR NEW.id <> OLD.id OR NEW.started_seq <> OLD.started_seq)
  EXECUTE FUNCTION ledger_refuse('A finished run is never changed.');

CREATE TRIGGER run_is_never_removed BEFORE DELETE OR TRUNCATE ON run
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse('A run is never removed.');

CREATE TRIGGER run_result_is_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON run_result
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse('A result is never changed or removed.');

-- The condition of a trigger cannot look into another table, so this one needs a function of its own.
CREATE FUNCTION ledger_refuse_late_result() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM run WHERE id = NEW.run_id AND finished_seq IS NOT NULL) THEN
    RAISE EXCEPTION 'A finished run takes no more results.' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER run_result_comes_before_the_end BEFORE INSERT ON run_result
  FOR EACH ROW EXECUTE FUNCTION ledger_refuse_late_result();
