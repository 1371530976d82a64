-- Which of the numbered files beside this one have been run; run before each of them.
CREATE TABLE IF NOT EXISTS store_version (
  version INTEGER NOT NULL PRIMARY KEY,
  applied TEXT NOT NULL
);
