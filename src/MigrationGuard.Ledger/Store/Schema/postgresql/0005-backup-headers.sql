-- What headers of back-up files said when they were read, by a hash of where a file lies and of its ETag. Nothing of it is a claim: it may
-- be emptied at any time, and is read again.
CREATE TABLE backup_header (
  id text NOT NULL PRIMARY KEY CHECK (length(id) = 64),
  store text NOT NULL,
  outcome text NOT NULL
);

CREATE INDEX backup_header_by_store ON backup_header (store);
