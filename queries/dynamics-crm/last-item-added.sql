-- name: crm-last-item-added
-- title: Last item added and last item modified, per main entity
-- proves: DPIA 5.0 recommendation 4.3.c.iii, time and date stamp of the last item added
-- key: entity
-- codes: entity, newest_created_on, newest_modified_on
--
-- The newest CreatedOn and ModifiedOn of each main entity. CRM stores both in UTC, as datetime, in steps of 3.33 ms.
-- A newer moment on the source means that somebody wrote to the old system after the copy was taken. A newer moment on
-- the target means that the new system is in use already, or that the upgrade touched records: ModifiedOn may then be
-- newer, CreatedOn may not. CreatedOn can also be set by an import (OverriddenCreatedOn keeps the true moment then).
SELECT 'account' AS entity, MAX(CreatedOn) AS newest_created_on, MAX(ModifiedOn) AS newest_modified_on FROM AccountBase
UNION ALL SELECT 'contact', MAX(CreatedOn), MAX(ModifiedOn) FROM ContactBase
UNION ALL SELECT 'lead', MAX(CreatedOn), MAX(ModifiedOn) FROM LeadBase
UNION ALL SELECT 'opportunity', MAX(CreatedOn), MAX(ModifiedOn) FROM OpportunityBase
UNION ALL SELECT 'incident', MAX(CreatedOn), MAX(ModifiedOn) FROM IncidentBase
UNION ALL SELECT 'activity', MAX(CreatedOn), MAX(ModifiedOn) FROM ActivityPointerBase
UNION ALL SELECT 'note', MAX(CreatedOn), MAX(ModifiedOn) FROM AnnotationBase
UNION ALL SELECT 'address', MAX(CreatedOn), MAX(ModifiedOn) FROM CustomerAddressBase
UNION ALL SELECT 'queue', MAX(CreatedOn), MAX(ModifiedOn) FROM QueueBase
UNION ALL SELECT 'queue item', MAX(CreatedOn), MAX(ModifiedOn) FROM QueueItemBase
UNION ALL SELECT 'user', MAX(CreatedOn), MAX(ModifiedOn) FROM SystemUserBase
UNION ALL SELECT 'team', MAX(CreatedOn), MAX(ModifiedOn) FROM TeamBase
