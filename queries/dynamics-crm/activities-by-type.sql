-- name: crm-activities-by-type
-- title: Activities by type, with how many have content
-- proves: DPIA 5.0 recommendation 4.3.c.ii, entity breakdown counts
-- key: activity_type_code, state_code, status_code
-- codes: activity_type_code, state_code, status_code, row_count, with_subject, with_description, with_regarding, newest_created_on
--
-- E-mails (type code 4202), phone calls (4210), appointments (4201), tasks (4212), letters (4207) and faxes (4204) are
-- all rows of ActivityPointerBase: EmailBase and its like hold an id and nothing else, so counting those proves little.
-- Codes from 10000 on are an organisation's own activity types, and may be numbered differently on another deployment.
-- The subject and description columns count the rows that have one: the same number of e-mails with fewer descriptions
-- means that their texts were lost. No text leaves the database.
SELECT ActivityTypeCode AS activity_type_code, StateCode AS state_code, StatusCode AS status_code,
       COUNT(*) AS row_count,
       COUNT(Subject) AS with_subject,
       COUNT(CASE WHEN Description IS NOT NULL THEN 1 END) AS with_description,
       COUNT(RegardingObjectId) AS with_regarding,
       MAX(CreatedOn) AS newest_created_on
FROM ActivityPointerBase
GROUP BY ActivityTypeCode, StateCode, StatusCode
