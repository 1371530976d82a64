-- SQL Server 2016 and later, and Azure SQL. A line of GO ends a batch: a trigger must be alone in its own.

-- The key of this project's digests: whoever does not have it cannot guess values from digests that a report shows.
-- One row for the store's life, as digests of different keys cannot be compared.
CREATE TABLE project_key (
  id int NOT NULL CONSTRAINT pk_project_key PRIMARY KEY CONSTRAINT ck_project_key_id CHECK (id = 1),
  secret varbinary(32) NOT NULL CONSTRAINT ck_project_key_secret CHECK (DATALENGTH(secret) = 32)
);

-- What an unfinished run has read of an entity that is read in parts; removed with the run's end. Nothing of it is a claim.
CREATE TABLE run_segment (
  run_id varchar(50) NOT NULL CONSTRAINT fk_run_segment_run REFERENCES run (id),
  ordinal int NOT NULL,
  segment int NOT NULL,
  document nvarchar(max) NOT NULL,
  CONSTRAINT pk_run_segment PRIMARY KEY (run_id, ordinal, segment)
);
GO

CREATE TRIGGER project_key_is_never_changed ON project_key INSTEAD OF UPDATE, DELETE AS
BEGIN
  SET NOCOUNT ON;
  THROW 51223, N'The key of the project is never changed or removed.', 1;
END;
