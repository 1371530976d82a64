-- Which of the numbered files beside this one have been run; run before each of them.
IF OBJECT_ID(N'store_version', N'U') IS NULL
  CREATE TABLE store_version (
    version int NOT NULL CONSTRAINT pk_store_version PRIMARY KEY,
    applied varchar(50) NOT NULL
  );
