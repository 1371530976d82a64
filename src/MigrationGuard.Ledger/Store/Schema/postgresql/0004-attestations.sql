-- Files that attestations rest on, each once however many name it. Who attached what, and under which name, is in the payload
-- of the entry; so an attachment goes with the last payload that names its hash, and with nothing else.
CREATE TABLE attachment (
  sha256 text NOT NULL PRIMARY KEY CHECK (length(sha256) = 64),
  bytes bigint NOT NULL,
  content bytea NOT NULL,
  CHECK (octet_length(content) = bytes)
);

CREATE TRIGGER attachment_is_never_changed BEFORE UPDATE OR TRUNCATE ON attachment
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse('An attachment is never changed.');

-- The condition of a trigger cannot look into another table, so this one needs a function of its own.
CREATE FUNCTION ledger_refuse_named_attachment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM ledger_payload WHERE kind = 'attestation-made' AND position(convert_to(OLD.sha256, 'UTF8') IN payload) > 0) THEN
    RAISE EXCEPTION 'An attachment is removed only once no attestation names it.' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN OLD;
END
$$;

CREATE TRIGGER attachment_goes_with_its_last_attestation BEFORE DELETE ON attachment
  FOR EACH ROW EXECUTE FUNCTION ledger_refuse_named_attachment();
