-- name: crm-finance-files
-- title: Finance files in CRM by category
-- proves: DPIA 5.0 recommendations 5 and 6, finance files of four categories held in CRM for 14 days
-- key: category, held_in
-- codes: category, held_in, files, total_bytes, without_content, oldest_created_on, newest_created_on
--
-- The four categories of fee finance files: credit card; paperless DD; ADDACS and ARRUD; collection and Baccess. The
-- assumption: a finance file is a note with a file, or an e-mail's attachment, and its category shows in its file name or,
-- failing that, in the note's or attachment's subject. Edit the patterns where your files are named in another way. A
-- file that fits two patterns counts under the first; a file that fits none counts as other, so that nothing is left out.
-- File names are matched inside the database and do not leave it.
-- The same files with another size were cut off or converted on the way. An oldest moment more than 14 days back means
-- that the transfer to the archive has stopped; compare it with the day of the run, on both sides.
SELECT f.category, f.held_in,
       COUNT(*) AS files,
       SUM(f.file_size) AS total_bytes,
       COUNT(CASE WHEN f.has_content = 0 THEN 1 END) AS without_content,
       MIN(f.created_on) AS oldest_created_on,
       MAX(f.created_on) AS newest_created_on
FROM (
    SELECT n.held_in, n.file_size, n.has_content, n.created_on,
           CASE WHEN n.label LIKE '%credit%card%' THEN 'credit card'
                WHEN n.label LIKE '%paperless%' THEN 'paperless DD'
                WHEN n.label LIKE '%addacs%' OR n.label LIKE '%arrud%' THEN 'ADDACS and ARRUD'
                WHEN n.label LIKE '%collection%' OR n.label LIKE '%baccess%' THEN 'collection and Baccess'
                ELSE 'other' END AS category
    FROM (
        -- The bar keeps a pattern from matching across the end of the file name and the start of the subject by chance.
        SELECT 'note' AS held_in,
               LOWER(CONCAT(a.FileName, ' | ', a.Subject)) AS label,
               CAST(a.FileSize AS bigint) AS file_size,
               CASE WHEN a.DocumentBody IS NULL THEN 0 ELSE 1 END AS has_content,
               a.CreatedOn AS created_on
        FROM AnnotationBase AS a
        WHERE a.FileName IS NOT NULL
        UNION ALL
        -- An attachment keeps no date of its own: its activity's stands for it.
        SELECT 'activity attachment',
               LOWER(CONCAT(f.FileName, ' | ', f.Subject)),
               CAST(f.FileSize AS bigint),
               CASE WHEN f.Body IS NULL THEN 0 ELSE 1 END,
               p.CreatedOn
        FROM ActivityMimeAttachment AS m
        JOIN Attachment AS f ON f.AttachmentId = m.AttachmentId
        LEFT JOIN ActivityPointerBase AS p ON p.ActivityId = m.ObjectId
        WHERE f.FileName IS NOT NULL
    ) AS n
) AS f
GROUP BY f.category, f.held_in
