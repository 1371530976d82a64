-- The key of this project's digests: whoever does not have it cannot guess values from digests that a report shows.
-- One row for the store's life, as digests of different keys cannot be compared.
CREATE TABLE project_key (
  id integer NOT NULL PRIMARY KEY CHECK (id = 1),
  secret bytea NOT NULL CHECK (octet_length(secret) = 32)
);

-- What an unfinished run has read of an entity that is read in parts; removed with the run's end. Nothing of it is a claim.
CREATE TABLE run_segment (
  run_id text NOT NULL REFERENCES run (id),
  ordinal integer NOT NULL,
  segment integer NOT NULL,
  document text NOT NULL,
  PRIMARY KEY (run_id, ordinal, segment)
);

CREATE TRIGGER project_key_is_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON project_key
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse('The key of the project is never changed or removed.');
