DELETE FROM attachment WHERE sha256 = @sha256;

DELETE FROM backup_header WHERE id IN (@k0);

DELETE FROM delivery WHERE sent_at IS NULL AND notification_id IN (SELECT id FROM notification WHERE seq = @seq);

DELETE FROM run_segment WHERE run_id = @run;

INSERT INTO actor (id, account) VALUES (@id, @Account);

INSERT INTO asset (name, document, registered_seq) VALUES (@p0_0, @p0_1, @p0_2);

INSERT INTO attachment (sha256, bytes, content) VALUES (@p0_0, @p0_1, @p0_2);

INSERT INTO backup_header (id, store, outcome) VALUES (@p0_0, @p0_1, @p0_2);

INSERT INTO delivery (notification_id, channel, recipient, message_id, attempts, next_attempt) VALUES (@p0_0, @p0_1, @p0_2, @p0_3, @p0_4, @p0_5);

INSERT INTO ledger_entry (seq, line, hash) VALUES (@p0_0, @p0_1, @p0_2);

INSERT INTO ledger_payload (seq, kind, salt, payload) VALUES (@p0_0, @p0_1, @p0_2, @p0_3);

INSERT INTO mark (name, value) VALUES (@name, @value);

INSERT INTO notification (id, seq, topic, created, document) VALUES (@p0_0, @p0_1, @p0_2, @p0_3, @p0_4);

INSERT INTO obligation_step (occurrence_id, step, written_seq) VALUES (@p0_0, @p0_1, @p0_2);

INSERT INTO occurrence (id, obligation, subject, number, due_on, due_at, sequence, document, opened_seq) VALUES (@p0_0, @p0_1, @p0_2, @p0_3, @p0_4, @p0_5, @p0_6, @p0_7, @p0_8);

INSERT INTO project_key (id, secret) VALUES (1, @secret);

INSERT INTO run (id, started_seq, finished_seq, document) VALUES (@Run, @Seq, NULL, @document);

INSERT INTO run_result (run_id, ordinal, part, document) VALUES (@run, @Ordinal, @part, @document);

INSERT INTO run_segment (run_id, ordinal, segment, document) VALUES (@run, @ordinal, @segment, @document);

INSERT INTO store_version (version, applied) VALUES (@version, @applied);

SELECT COUNT(*) FROM attachment WHERE sha256 = @Sha256;

SELECT COUNT(*) FROM backup_header WHERE store = @backupStore;

SELECT COUNT(*) FROM delivery WHERE sent_at IS NULL AND attempts >= @attempts;

SELECT DISTINCT x.run_id FROM run_result x WHERE NOT EXISTS (SELECT 1 FROM run r WHERE r.id = x.run_id);

SELECT MAX(seq) FROM ledger_entry;

SELECT MAX(version) FROM store_version;

SELECT account FROM actor WHERE id = @pseudonym;

SELECT content FROM attachment WHERE sha256 = @sha256;

SELECT document AS Document, registered_seq AS RegisteredSeq, closed_seq AS ClosedSeq FROM asset;

SELECT document FROM run_segment WHERE run_id = @run AND ordinal = @ordinal ORDER BY segment;

SELECT e.line AS Line, p.payload AS Payload FROM ledger_payload p JOIN ledger_entry e ON e.seq = p.seq WHERE p.kind IN (@k0);

SELECT e.line FROM ledger_payload p JOIN ledger_entry e ON e.seq = p.seq WHERE p.kind IN (@k0);

SELECT e.seq AS Seq, e.line AS Line, e.hash AS Hash, p.kind AS PayloadKind, p.salt AS Salt, p.payload AS Payload FROM ledger_entry e LEFT JOIN ledger_payload p ON p.seq = e.seq WHERE e.seq <= @head ORDER BY e.seq;

SELECT e.seq AS Seq, e.line AS Line, e.hash AS Hash, p.kind AS PayloadKind, p.salt AS Salt, p.payload AS Payload FROM ledger_entry e LEFT JOIN ledger_payload p ON p.seq = e.seq WHERE e.seq = @seq;

SELECT e.seq AS Seq, e.line AS Line, e.hash AS Hash, p.kind AS PayloadKind, p.salt AS Salt, p.payload AS Payload FROM ledger_entry e LEFT JOIN ledger_payload p ON p.seq = e.seq WHERE p.kind IN (@k0);

SELECT id AS Id, account AS Account FROM actor;

SELECT id AS Id, finished_seq AS FinishedSeq, document AS Document, (SELECT p.seq FROM ledger_payload p WHERE p.seq = run.finished_seq AND p.payload IS NULL) AS ErasedEnd FROM run ORDER BY started_seq DESC;

SELECT id AS Id, finished_seq AS FinishedSeq, document AS Document, (SELECT p.seq FROM ledger_payload p WHERE p.seq = run.finished_seq AND p.payload IS NULL) AS ErasedEnd FROM run WHERE id = @run;

SELECT id AS Id, finished_seq AS FinishedSeq, document AS Document, (SELECT p.seq FROM ledger_payload p WHERE p.seq = run.finished_seq AND p.payload IS NULL) AS ErasedEnd FROM run WHERE id LIKE @prefix ORDER BY id;

SELECT id AS Id, finished_seq AS FinishedSeq, document AS Document, (SELECT p.seq FROM ledger_payload p WHERE p.seq = run.finished_seq AND p.payload IS NULL) AS ErasedEnd FROM run WHERE started_seq = (SELECT MAX(started_seq) FROM run);

SELECT id AS Id, finished_seq AS Seq FROM run WHERE finished_seq > @last ORDER BY finished_seq;

SELECT id AS Id, obligation AS Obligation, subject AS Subject, number AS Number, due_on AS DueOn, due_at AS DueAt, sequence AS Sequence, document AS Document, opened_seq AS OpenedSeq, closed_seq AS ClosedSeq, outcome AS Outcome FROM occurrence ORDER BY due_at, id;

SELECT id AS Id, obligation AS Obligation, subject AS Subject, number AS Number, due_on AS DueOn, due_at AS DueAt, sequence AS Sequence, document AS Document, opened_seq AS OpenedSeq, closed_seq AS ClosedSeq, outcome AS Outcome FROM occurrence WHERE closed_seq IS NULL ORDER BY due_at, id;

SELECT id AS Id, obligation AS Obligation, subject AS Subject, number AS Number, due_on AS DueOn, due_at AS DueAt, sequence AS Sequence, document AS Document, opened_seq AS OpenedSeq, closed_seq AS ClosedSeq, outcome AS Outcome FROM occurrence WHERE id IN (@k0);

SELECT id AS Id, obligation AS Obligation, subject AS Subject, number AS Number, due_on AS DueOn, due_at AS DueAt, sequence AS Sequence, document AS Document, opened_seq AS OpenedSeq, closed_seq AS ClosedSeq, outcome AS Outcome FROM occurrence WHERE lower(obligation) = lower(@obligation) AND lower(subject) = lower(@subject) ORDER BY number;

SELECT id AS Id, obligation AS Obligation, subject AS Subject, number AS Number, due_on AS DueOn, due_at AS DueAt, sequence AS Sequence, document AS Document, opened_seq AS OpenedSeq, closed_seq AS ClosedSeq, outcome AS Outcome FROM occurrence WHERE obligation = @obligation ORDER BY subject, number;

SELECT id AS Id, seq AS Seq, topic AS Topic, created AS Created, document AS Document FROM notification ORDER BY seq;

SELECT id AS Id, started_seq AS StartedSeq, finished_seq AS FinishedSeq, document AS Document FROM run WHERE id = @id;

SELECT id AS Subject, obligation AS Obligation, subject AS About, number AS Number, due_on AS DueOn, due_at AS DueAt, sequence AS Sequence, document AS Document, opened_seq AS OpenedSeq, closed_seq AS ClosedSeq, outcome AS Outcome FROM occurrence ORDER BY opened_seq;

SELECT id FROM actor WHERE account = @Account;

SELECT id FROM backup_header WHERE store = @backupStore;

SELECT id FROM notification WHERE id = @id;

SELECT id FROM run WHERE finished_seq IS NOT NULL ORDER BY finished_seq DESC;

SELECT id, outcome FROM backup_header WHERE id IN (@k0);

SELECT line FROM ledger_entry ORDER BY seq;

SELECT line FROM ledger_entry WHERE seq = (SELECT MAX(seq) FROM ledger_entry);

SELECT line FROM ledger_entry WHERE seq > @head AND seq <= @newest;

SELECT n.id AS Id, n.topic AS Topic, n.created AS Created, n.document AS Document, d.channel AS Channel, d.recipient AS Recipient, d.message_id AS MessageId, d.attempts AS Attempts, d.next_attempt AS NextAttempt, d.last_error AS LastError, d.sent_at AS SentAt FROM ( SELECT w.notification_id, w.channel, w.recipient, w.message_id, w.attempts, w.next_attempt, w.last_error, w.sent_at, ROW_NUMBER() OVER (ORDER BY w.next_attempt, w.notification_id, w.channel, w.recipient) AS place FROM delivery w WHERE w.sent_at IS NULL AND (w.next_attempt <= @from OR w.next_attempt > @impossibleDelay) AND (w.lease_until IS NULL OR w.lease_until <= @from OR w.lease_until > @impossibleLease) ) d JOIN notification n ON n.id = d.notification_id WHERE d.place <= @limit ORDER BY d.place;

SELECT n.id AS Id, n.topic AS Topic, n.created AS Created, n.document AS Document, d.channel AS Channel, d.recipient AS Recipient, d.message_id AS MessageId, d.attempts AS Attempts, d.next_attempt AS NextAttempt, d.last_error AS LastError, d.sent_at AS SentAt FROM notification n LEFT JOIN delivery d ON d.notification_id = n.id ORDER BY n.seq DESC, n.id, d.channel, d.recipient;

SELECT n.id AS Id, n.topic AS Topic, n.created AS Created, n.document AS Document, d.channel AS Channel, d.recipient AS Recipient, d.message_id AS MessageId, d.attempts AS Attempts, d.next_attempt AS NextAttempt, d.last_error AS LastError, d.sent_at AS SentAt FROM notification n LEFT JOIN delivery d ON d.notification_id = n.id WHERE d.sent_at IS NULL ORDER BY n.seq DESC, n.id, d.channel, d.recipient;

SELECT name AS Name, document AS Document, registered_seq AS OpenedSeq, closed_seq AS ClosedSeq FROM asset ORDER BY registered_seq;

SELECT name AS Name, value AS Value FROM mark WHERE name LIKE 'series:%';

SELECT name FROM asset;

SELECT name FROM asset WHERE closed_seq IS NOT NULL AND lower(name) IN (@k0);

SELECT o.id FROM occurrence o WHERE o.closed_seq IS NULL AND o.obligation = 'partner-notice' AND o.due_at <= @now AND NOT EXISTS (SELECT 1 FROM obligation_step s WHERE s.occurrence_id = o.id AND s.step = 'overdue');

SELECT obligation AS Obligation, subject AS Subject, MAX(number) AS Number, MAX(due_on) AS DueOn FROM occurrence GROUP BY obligation, subject;

SELECT occurrence_id AS Occurrence, step AS Step, written_seq AS Seq FROM obligation_step ORDER BY written_seq;

SELECT occurrence_id AS OccurrenceId, step AS Step FROM obligation_step WHERE occurrence_id IN (@k0);

SELECT ordinal AS Ordinal, part AS Part, document AS Document FROM run_result WHERE run_id = @run ORDER BY ordinal, part;

SELECT p.seq FROM ledger_payload p WHERE NOT EXISTS (SELECT 1 FROM ledger_entry e WHERE e.seq = p.seq) ORDER BY p.seq;

SELECT payload FROM ledger_payload WHERE kind = @kind AND payload IS NOT NULL;

SELECT payload FROM ledger_payload WHERE kind = @kind AND payload IS NOT NULL ORDER BY seq DESC;

SELECT payload FROM ledger_payload WHERE seq = (SELECT MAX(seq) FROM ledger_payload WHERE kind = @kind);

SELECT r.id AS Id, r.started_seq AS StartedSeq, s.line AS Started, r.finished_seq AS FinishedSeq, f.line AS Finished FROM run r LEFT JOIN ledger_entry s ON s.seq = r.started_seq LEFT JOIN ledger_entry f ON f.seq = r.finished_seq WHERE r.started_seq <= @head OR s.seq IS NULL ORDER BY r.started_seq;

SELECT s.occurrence_id AS OccurrenceId, s.step AS Step FROM obligation_step s JOIN occurrence o ON o.id = s.occurrence_id WHERE o.closed_seq IS NULL;

SELECT schedule FROM scheduled_run WHERE run_id = @Run;

SELECT secret FROM project_key;

SELECT seq AS Seq, line AS Line FROM ledger_entry WHERE seq = (SELECT MAX(seq) FROM ledger_entry);

SELECT sha256 AS Sha256, bytes AS Bytes, content AS Content FROM attachment;

SELECT sha256 FROM attachment;

SELECT value FROM mark WHERE name = @Mark;

SELECT value FROM mark WHERE name = @mark;

SELECT value FROM mark WHERE name = @name;

UPDATE asset SET closed_seq = @Seq WHERE name = @Name;

UPDATE asset SET document = @document WHERE name = @Name;

UPDATE delivery SET attempts = attempts + 1, last_error = @error, next_attempt = @next, lease_owner = NULL, lease_until = NULL WHERE notification_id = @Id AND channel = @Channel AND recipient = @Recipient AND sent_at IS NULL;

UPDATE delivery SET lease_owner = @owner, lease_until = @until WHERE notification_id = @Id AND channel = @Channel AND recipient = @Recipient;

UPDATE delivery SET next_attempt = @now WHERE sent_at IS NULL;

UPDATE delivery SET next_attempt = @now WHERE sent_at IS NULL AND notification_id = @notification;

UPDATE delivery SET sent_at = @now, lease_owner = NULL, lease_until = NULL, last_error = NULL WHERE notification_id = @Id AND channel = @Channel AND recipient = @Recipient;

UPDATE ledger_payload SET salt = NULL, payload = NULL WHERE seq = @seq;

UPDATE mark SET value = @value WHERE name = @name;

UPDATE mark SET value = value WHERE 1 = 0;

UPDATE notification SET document = '{}' WHERE seq = @seq;

UPDATE occurrence SET closed_seq = @seq, outcome = @outcome WHERE id = @id;

UPDATE occurrence SET due_on = @dueOn, due_at = @dueAt, sequence = @sequence WHERE id = @id;

UPDATE run SET finished_seq = @Seq, document = @document WHERE id = @Run;
