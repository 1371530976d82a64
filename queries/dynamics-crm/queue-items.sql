-- name: crm-queue-items
-- title: Queue items by what they are and whether somebody works on them
-- proves: DPIA 5.0 recommendation 4.3.d, checks on e-mail servers before and after go-live
-- key: object_type_code, state_code, status_code
-- codes: object_type_code, state_code, status_code, row_count, being_worked_on, queues, newest_entered_on
--
-- Queue items are counted by the type of what is queued, by state and by status. Queues are not named: every user has a
-- private queue that bears their name.
-- Fewer active items on the target mean work that nobody would find again; more mean that mail or routing rules have
-- already run there. A newer entry on the source means that its router queues were not shut down.
SELECT ObjectTypeCode AS object_type_code, StateCode AS state_code, StatusCode AS status_code,
       COUNT(*) AS row_count,
       COUNT(WorkerId) AS being_worked_on,
       COUNT(DISTINCT QueueId) AS queues,
       MAX(EnteredOn) AS newest_entered_on
FROM QueueItemBase
GROUP BY ObjectTypeCode, StateCode, StatusCode
