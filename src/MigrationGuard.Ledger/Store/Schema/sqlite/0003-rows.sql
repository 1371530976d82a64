-- The key of this project's digests: whoever does not have it cannot guess values from digests that a report shows.
-- One row for the store's life, as digests of different keys cannot be compared.
CREATE TABLE project_key (
  id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  secret BLOB NOT NULL CHECK (length(secret) = 32)
);

-- What an unfinished run has read of an entity that is read in parts; removed with the run's end. Nothing of it is a claim.
CREATE TABLE run_segment (
  run_id TEXT NOT NULL REFERENCES run (id),
  ordinal INTEGER NOT NULL,
  segment INTEGER NOT NULL,
  document TEXT NOT NULL,
  PRIMARY KEY (run_id, ordinal, segment)
) WITHOUT ROWID;

CREATE TRIGGER project_key_is_never_changed BEFORE UPDATE ON project_key
BEGIN
  SELECT RAISE(ABORT, 'The key of the project is never changed.');
END;

CREATE TRIGGER project_key_is_never_removed BEFORE DELETE ON project_key
BEGIN
  SELECT RAISE(ABORT, 'The key of the project is never removed.');
END;

-- INSERT OR REPLACE removes a row without its delete trigger.
CREATE TRIGGER project_key_is_never_replaced BEFORE INSERT ON project_key
WHEN EXISTS (SELECT 1 FROM project_key)
BEGIN
  SELECT RAISE(ABORT, 'The key of the project is never replaced.');
END;
