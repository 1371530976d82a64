-- name: sqlserver-role-members
-- title: Members of database roles, in numbers
-- proves: DPIA 4.0 risk 1, unauthorised access; 3.0 question 12, access controls
-- key: role_name, member_type
-- codes: role_name, member_type, members, without_login
-- engine: sqlserver
-- levels: 2012+
-- needs: view definition
--
-- Members are counted, never named: logins bear the names of people. A role without members has a row of its own.
-- without_login counts users with a SQL Server login on the server they came from and none here: what a restore to another
-- server leaves behind, and what the next login of that name could take over. To see other logins than its own the login
-- needs VIEW ANY DEFINITION; without it every such user counts as being without one, on that side.
-- More members of db_owner or db_securityadmin on the target are more people who can change or read everything. Fewer
-- members of CRM's own roles (CRMReaderRole) mean that services or reports will be refused.
SELECT LOWER(r.name) AS role_name,
       COALESCE(LOWER(m.type_desc), '(none)') AS member_type,
       COUNT(m.principal_id) AS members,
       -- Authentication type 1 is a login of the instance, as against Windows, a contained password or none.
       COUNT(CASE WHEN m.type = 'S' AND m.authentication_type = 1 AND p.sid IS NULL THEN 1 END) AS without_login
FROM sys.database_principals AS r
LEFT JOIN sys.database_role_members AS b ON b.role_principal_id = r.principal_id
LEFT JOIN sys.database_principals AS m ON m.principal_id = b.member_principal_id
LEFT JOIN sys.server_principals AS p ON p.sid = m.sid
WHERE r.type = 'R'
GROUP BY r.name, m.type_desc
