-- Who connects: ArmsDB, which writes, and its readers, who cannot and have two seconds for a question.
-- As the superuser: psql -d armsdb -f roles.sql (after createdb --encoding=UTF8 --template=template0 armsdb)
CREATE ROLE armsdb LOGIN PASSWORD 'password';
ALTER SCHEMA public OWNER TO armsdb;
GRANT pg_monitor TO armsdb; -- to be told which edits replicas have
CREATE ROLE armsdb_reader LOGIN PASSWORD 'password';
ALTER ROLE armsdb_reader SET default_transaction_read_only = on;
ALTER ROLE armsdb_reader SET statement_timeout = '2s';
ALTER ROLE armsdb_reader SET lock_timeout = '2s';
GRANT SELECT ON ALL TABLES IN SCHEMA public TO armsdb_reader;
ALTER DEFAULT PRIVILEGES FOR ROLE armsdb IN SCHEMA public GRANT SELECT ON TABLES TO armsdb_reader;
