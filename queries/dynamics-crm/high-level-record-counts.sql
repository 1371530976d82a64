-- name: crm-record-counts
-- title: High level record counts of the main CRM entities
-- proves: DPIA 5.0 recommendation 4.3.c.i, high level record counts
-- key: entity
-- codes: entity, row_count
--
-- Counts every row of each main entity in its own table, not in a view: views leave out what a user may not see.
-- The counts are exact. A migration that lost, doubled or left behind records shows here first.
-- An organisation's own entities are not known to this file: add a line for each, such as
--   UNION ALL SELECT 'new_registration', COUNT(*) FROM new_registrationBase
-- A difference means that records are missing from the new side or were added to it: compare the entity's fingerprint
-- next, and ask whether anybody worked on either side after the freeze.
SELECT 'account' AS entity, COUNT(*) AS row_count FROM AccountBase
UNION ALL SELECT 'contact', COUNT(*) FROM ContactBase
UNION ALL SELECT 'lead', COUNT(*) FROM LeadBase
UNION ALL SELECT 'opportunity', COUNT(*) FROM OpportunityBase
UNION ALL SELECT 'incident', COUNT(*) FROM IncidentBase
UNION ALL SELECT 'activity', COUNT(*) FROM ActivityPointerBase
UNION ALL SELECT 'activity party', COUNT(*) FROM ActivityPartyBase
UNION ALL SELECT 'note', COUNT(*) FROM AnnotationBase
UNION ALL SELECT 'activity attachment', COUNT(*) FROM ActivityMimeAttachment
UNION ALL SELECT 'attachment', COUNT(*) FROM Attachment
UNION ALL SELECT 'address', COUNT(*) FROM CustomerAddressBase
UNION ALL SELECT 'queue', COUNT(*) FROM QueueBase
UNION ALL SELECT 'queue item', COUNT(*) FROM QueueItemBase
UNION ALL SELECT 'user', COUNT(*) FROM SystemUserBase
UNION ALL SELECT 'team', COUNT(*) FROM TeamBase
UNION ALL SELECT 'business unit', COUNT(*) FROM BusinessUnitBase
