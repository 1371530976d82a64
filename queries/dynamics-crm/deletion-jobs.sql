-- name: crm-deletion-jobs
-- title: Bulk deletion jobs by the status they reached, with what they deleted and could not delete
-- proves: DPIA 4.0 risk 6, retention applied by deletion jobs and alerts when they fail
-- key: state_code, status_code
-- codes: state_code, status_code, row_count, recurring, records_deleted, records_not_deleted
--
-- Bulk deletions carry out the retention periods. Each is counted under the state and status of its system job: 30 is
-- succeeded, 31 failed, 32 cancelled; a job whose system job was cleaned away stands in the row without codes.
-- A recurring deletion that is on the source and not on the target would leave data there past its retention period.
-- More records that could not be deleted on the target mean that the upgrade broke a deletion.
SELECT j.StateCode AS state_code, j.StatusCode AS status_code,
       COUNT(*) AS row_count,
       SUM(CASE WHEN CAST(o.IsRecurring AS int) = 1 THEN 1 ELSE 0 END) AS recurring,
       SUM(CAST(o.SuccessCount AS bigint)) AS records_deleted,
       SUM(CAST(o.FailureCount AS bigint)) AS records_not_deleted
FROM BulkDeleteOperationBase AS o
LEFT JOIN AsyncOperationBase AS j ON j.AsyncOperationId = o.AsyncOperationId
GROUP BY j.StateCode, j.StatusCode
