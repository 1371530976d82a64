-- name: crm-users-by-disabled-state
-- title: Users by disabled state and access mode
-- proves: DPIA 5.0 recommendation 4.3.c.ii, entity breakdown counts
-- key: is_disabled, access_mode
-- codes: is_disabled, access_mode, row_count, business_units
--
-- Who may use the system, in numbers: access mode 0 is read-write, 1 administrative, 2 read, 3 support, 4 non-interactive.
-- No names and no accounts are read.
-- Fewer disabled users on the target mean that leavers can sign in again; more mean that staff cannot. The import of an
-- organisation maps users to accounts and may disable those that it cannot map.
SELECT IsDisabled AS is_disabled, AccessMode AS access_mode,
       COUNT(*) AS row_count,
       COUNT(DISTINCT BusinessUnitId) AS business_units
FROM SystemUserBase
GROUP BY IsDisabled, AccessMode
