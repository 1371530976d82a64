-- name: crm-failed-jobs
-- title: Failed system jobs by operation type
-- proves: DPIA 4.0 risk 6, alerts when deletion jobs fail
-- key: operation_type, error_code
-- codes: operation_type, error_code, row_count, newest_completed_on
--
-- System jobs that ended in failure: StateCode 3 (completed) with StatusCode 31 (failed). Operation type 1 is an event or
-- plug-in, 10 a workflow, 13 a bulk deletion. The job's message is not read: it quotes records.
-- Completed jobs are often cleaned away before an upgrade, so fewer of the old failures on the target may be intended:
-- approve that as an expected difference. More failures on the target are new ones, and are to be read before go-live.
SELECT OperationType AS operation_type, ErrorCode AS error_code,
       COUNT(*) AS row_count,
       MAX(CompletedOn) AS newest_completed_on
FROM AsyncOperationBase
WHERE StateCode = 3 AND StatusCode = 31
GROUP BY OperationType, ErrorCode
