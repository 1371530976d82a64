-- name: crm-pending-and-failed-emails
-- title: E-mails that wait to be sent, are being sent, or failed
-- proves: DPIA 5.0 recommendation 4.3.d, checks on e-mail servers before and after go-live
-- key: status
-- codes: status, row_count, tried_at_least_once, oldest_created_on, newest_created_on
--
-- Status codes of e-mails (activity type 4202): 6 pending send, 7 sending, 8 failed. Every status has a row, with zero
-- where there are none, so that an empty queue is seen to have been looked at.
-- Pending e-mails on the target are sent once its router or server-side synchronisation starts. If the old system sends
-- them too, people receive them twice: shut its mailboxes down first. More failures on the target than on the source
-- mean that the new side has tried to send and could not.
SELECT s.status, COUNT(a.ActivityId) AS row_count,
       COUNT(CASE WHEN a.DeliveryAttempts > 0 THEN 1 END) AS tried_at_least_once,
       MIN(a.CreatedOn) AS oldest_created_on,
       MAX(a.CreatedOn) AS newest_created_on
FROM (SELECT 6 AS code, 'pending send' AS status
      UNION ALL SELECT 7, 'sending'
      UNION ALL SELECT 8, 'failed') AS s
LEFT JOIN ActivityPointerBase AS a ON a.StatusCode = s.code AND a.ActivityTypeCode = 4202
GROUP BY s.status
