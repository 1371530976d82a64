-- Files that attestations rest on, each once however many name it. Who attached what, and under which name, is in the payload
-- of the entry; so an attachment goes with the last payload that names its hash, and with nothing else.
CREATE TABLE attachment (
  sha256 TEXT NOT NULL PRIMARY KEY CHECK (length(sha256) = 64),
  bytes INTEGER NOT NULL,
  content BLOB NOT NULL,
  CHECK (length(content) = bytes)
);

CREATE TRIGGER attachment_is_never_changed BEFORE UPDATE ON attachment
BEGIN
  SELECT RAISE(ABORT, 'An attachment is never changed.');
END;

CREATE TRIGGER attachment_goes_with_its_last_attestation BEFORE DELETE ON attachment
WHEN EXISTS (SELECT 1 FROM ledger_payload WHERE kind = 'attestation-made' AND instr(payload, CAST(OLD.sha256 AS BLOB)) > 0)
BEGIN
  SELECT RAISE(ABORT, 'An attachment is removed only once no attestation names it.');
END;

-- INSERT OR REPLACE removes a row without its delete trigger.
CREATE TRIGGER attachment_is_never_replaced BEFORE INSERT ON attachment
WHEN EXISTS (SELECT 1 FROM attachment WHERE sha256 = NEW.sha256)
BEGIN
  SELECT RAISE(ABORT, 'An attachment is never replaced.');
END;
