-- name: crm-state-and-status
-- title: Entity breakdown counts by state and status
-- proves: DPIA 5.0 recommendation 4.3.c.ii, entity breakdown counts
-- key: entity, state_code, status_code
-- codes: entity, state_code, status_code, row_count
--
-- Breaks each main entity down by StateCode (open, closed, …) and StatusCode (the reason within the state). The codes are
-- compared, not their labels: labels live in StringMapBase, which an upgrade rewrites.
-- The same total with another breakdown means that records changed while they were moved: cases reopened, contacts
-- deactivated. A difference in the open state alone usually means that somebody worked on one side after the freeze.
-- Activities are broken down by type as well in activities-by-type.sql.
SELECT 'account' AS entity, StateCode AS state_code, StatusCode AS status_code, COUNT(*) AS row_count
FROM AccountBase GROUP BY StateCode, StatusCode
UNION ALL SELECT 'contact', StateCode, StatusCode, COUNT(*) FROM ContactBase GROUP BY StateCode, StatusCode
UNION ALL SELECT 'lead', StateCode, StatusCode, COUNT(*) FROM LeadBase GROUP BY StateCode, StatusCode
UNION ALL SELECT 'opportunity', StateCode, StatusCode, COUNT(*) FROM OpportunityBase GROUP BY StateCode, StatusCode
UNION ALL SELECT 'incident', StateCode, StatusCode, COUNT(*) FROM IncidentBase GROUP BY StateCode, StatusCode
UNION ALL SELECT 'activity', StateCode, StatusCode, COUNT(*) FROM ActivityPointerBase GROUP BY StateCode, StatusCode
UNION ALL SELECT 'queue', StateCode, StatusCode, COUNT(*) FROM QueueBase GROUP BY StateCode, StatusCode
UNION ALL SELECT 'queue item', StateCode, StatusCode, COUNT(*) FROM QueueItemBase GROUP BY StateCode, StatusCode
