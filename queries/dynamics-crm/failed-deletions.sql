-- name: crm-failed-deletions
-- title: Records that a bulk deletion could not delete, by entity and error
-- proves: DPIA 4.0 risk 6, data kept no longer than necessary
-- key: object_type_code, error_number
-- codes: object_type_code, error_number, row_count
--
-- One count for each type of record and error. Which record it was and the error's text are not read: both identify people.
-- The counts belong on both sides alike. Failures that only the target has were made there, after the copy: records that
-- should be gone by their retention period are still held.
SELECT RegardingObjectTypeCode AS object_type_code, ErrorNumber AS error_number, COUNT(*) AS row_count
FROM BulkDeleteFailureBase
GROUP BY RegardingObjectTypeCode, ErrorNumber
