-- name: crm-orphans
-- title: Activities, notes, attachments, parties, queue items and addresses whose parent is gone
-- proves: DPIA 5.0 recommendation 4.3, measures for ensuring and testing data integrity
-- key: orphan
-- codes: orphan, row_count
--
-- CRM enforces most of these links in its own code and not by foreign keys, so a record that is lost on the way takes
-- nothing with it: what hung on it stays behind. Every kind has a row, with zero where there are none.
-- Old systems have some orphans of their own; those move along and are the same on both sides. More on the target mean
-- that parents were lost, fewer that orphans were cleaned away, in the upgrade or on purpose.
-- Object type codes: 1 account, 2 contact, 3 opportunity, 4 lead, 112 incident; 4200 to 4216 are activities.
SELECT 'e-mail without its activity' AS orphan, COUNT(*) AS row_count
FROM EmailBase AS e
WHERE NOT EXISTS (SELECT 1 FROM ActivityPointerBase AS p WHERE p.ActivityId = e.ActivityId)
UNION ALL
SELECT 'activity of type e-mail without its e-mail', COUNT(*)
FROM ActivityPointerBase AS p
WHERE p.ActivityTypeCode = 4202 AND NOT EXISTS (SELECT 1 FROM EmailBase AS e WHERE e.ActivityId = p.ActivityId)
UNION ALL
SELECT 'activity of type phone call without its phone call', COUNT(*)
FROM ActivityPointerBase AS p
WHERE p.ActivityTypeCode = 4210 AND NOT EXISTS (SELECT 1 FROM PhoneCallBase AS c WHERE c.ActivityId = p.ActivityId)
UNION ALL
SELECT 'activity of type appointment without its appointment', COUNT(*)
FROM ActivityPointerBase AS p
WHERE p.ActivityTypeCode = 4201 AND NOT EXISTS (SELECT 1 FROM AppointmentBase AS a WHERE a.ActivityId = p.ActivityId)
UNION ALL
SELECT 'activity about an account that is gone', COUNT(*)
FROM ActivityPointerBase AS p
WHERE p.RegardingObjectTypeCode = 1 AND NOT EXISTS (SELECT 1 FROM AccountBase AS x WHERE x.AccountId = p.RegardingObjectId)
UNION ALL
SELECT 'activity about a contact that is gone', COUNT(*)
FROM ActivityPointerBase AS p
WHERE p.RegardingObjectTypeCode = 2 AND NOT EXISTS (SELECT 1 FROM ContactBase AS x WHERE x.ContactId = p.RegardingObjectId)
UNION ALL
SELECT 'activity about an incident that is gone', COUNT(*)
FROM ActivityPointerBase AS p
WHERE p.RegardingObjectTypeCode = 112 AND NOT EXISTS (SELECT 1 FROM IncidentBase AS x WHERE x.IncidentId = p.RegardingObjectId)
UNION ALL
SELECT 'activity party without its activity', COUNT(*)
FROM ActivityPartyBase AS y
WHERE NOT EXISTS (SELECT 1 FROM ActivityPointerBase AS p WHERE p.ActivityId = y.ActivityId)
UNION ALL
SELECT 'note on an account that is gone', COUNT(*)
FROM AnnotationBase AS n
WHERE n.ObjectTypeCode = 1 AND NOT EXISTS (SELECT 1 FROM AccountBase AS x WHERE x.AccountId = n.ObjectId)
UNION ALL
SELECT 'note on a contact that is gone', COUNT(*)
FROM AnnotationBase AS n
WHERE n.ObjectTypeCode = 2 AND NOT EXISTS (SELECT 1 FROM ContactBase AS x WHERE x.ContactId = n.ObjectId)
UNION ALL
SELECT 'note on an incident that is gone', COUNT(*)
FROM AnnotationBase AS n
WHERE n.ObjectTypeCode = 112 AND NOT EXISTS (SELECT 1 FROM IncidentBase AS x WHERE x.IncidentId = n.ObjectId)
UNION ALL
SELECT 'note on an activity that is gone', COUNT(*)
FROM AnnotationBase AS n
WHERE n.ObjectTypeCode BETWEEN 4200 AND 4216 AND NOT EXISTS (SELECT 1 FROM ActivityPointerBase AS p WHERE p.ActivityId = n.ObjectId)
UNION ALL
SELECT 'note on nothing', COUNT(*)
FROM AnnotationBase AS n
WHERE n.ObjectId IS NULL
UNION ALL
-- Attachments of e-mail templates (2010) hang on no activity.
SELECT 'activity attachment without its activity', COUNT(*)
FROM ActivityMimeAttachment AS m
WHERE m.ObjectTypeCode BETWEEN 4200 AND 4216 AND NOT EXISTS (SELECT 1 FROM ActivityPointerBase AS p WHERE p.ActivityId = m.ObjectId)
UNION ALL
SELECT 'activity attachment without its file', COUNT(*)
FROM ActivityMimeAttachment AS m
WHERE NOT EXISTS (SELECT 1 FROM Attachment AS f WHERE f.AttachmentId = m.AttachmentId)
UNION ALL
SELECT 'file that no activity attachment refers to', COUNT(*)
FROM Attachment AS f
WHERE NOT EXISTS (SELECT 1 FROM ActivityMimeAttachment AS m WHERE m.AttachmentId = f.AttachmentId)
UNION ALL
SELECT 'queue item without its queue', COUNT(*)
FROM QueueItemBase AS i
WHERE NOT EXISTS (SELECT 1 FROM QueueBase AS q WHERE q.QueueId = i.QueueId)
UNION ALL
SELECT 'queue item of an activity that is gone', COUNT(*)
FROM QueueItemBase AS i
WHERE i.ObjectTypeCode BETWEEN 4200 AND 4216 AND NOT EXISTS (SELECT 1 FROM ActivityPointerBase AS p WHERE p.ActivityId = i.ObjectId)
UNION ALL
SELECT 'queue item of an incident that is gone', COUNT(*)
FROM QueueItemBase AS i
WHERE i.ObjectTypeCode = 112 AND NOT EXISTS (SELECT 1 FROM IncidentBase AS x WHERE x.IncidentId = i.ObjectId)
UNION ALL
SELECT 'address of an account that is gone', COUNT(*)
FROM CustomerAddressBase AS d
WHERE d.ObjectTypeCode = 1 AND NOT EXISTS (SELECT 1 FROM AccountBase AS x WHERE x.AccountId = d.ParentId)
UNION ALL
SELECT 'address of a contact that is gone', COUNT(*)
FROM CustomerAddressBase AS d
WHERE d.ObjectTypeCode = 2 AND NOT EXISTS (SELECT 1 FROM ContactBase AS x WHERE x.ContactId = d.ParentId)
