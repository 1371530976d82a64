-- SQL Server 2016 and later, and Azure SQL. A line of GO ends a batch: a trigger must be alone in its own.

-- What headers of back-up files said when they were read, by a hash of where a file lies and of its ETag. Nothing of it is a claim: it may
-- be emptied at any time, and is read again.
CREATE TABLE backup_header (
  id varchar(64) NOT NULL CONSTRAINT pk_backup_header PRIMARY KEY CONSTRAINT ck_backup_header_id CHECK (LEN(id) = 64),
  store nvarchar(200) NOT NULL,
  outcome nvarchar(max) NOT NULL
);

CREATE INDEX backup_header_by_store ON backup_header (store);
