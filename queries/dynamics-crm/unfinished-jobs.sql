-- name: crm-unfinished-jobs
-- title: System jobs that have not finished, by operation type and status
-- proves: DPIA 5.0 recommendation 4.3, testing data integrity on go-live
-- key: operation_type, state_code, status_code
-- codes: operation_type, state_code, status_code, row_count
--
-- Jobs that are ready (StateCode 0), suspended (1) or locked by a running service (2). They run on whichever side has its
-- asynchronous service started: a deletion job that runs on both sides deletes on both sides, at different moments.
-- Fewer on the target mean that waiting workflows or recurring deletions were lost; a job that is locked on a side that
-- should be at rest means that its service is still running.
SELECT OperationType AS operation_type, StateCode AS state_code, StatusCode AS status_code, COUNT(*) AS row_count
FROM AsyncOperationBase
WHERE StateCode <> 3
GROUP BY OperationType, StateCode, StatusCode
