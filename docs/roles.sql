-- Two roles for Lectern: the owner of the database, whom migrations use, and one for the process that serves, which may
-- read and write rows and nothing else.
--
-- To be run by the owner, in psql or in Neon's SQL editor; again whenever you like, and once more after the first
-- migration, which takes back what nobody but migrations should write. Then:
--
--   ALTER ROLE lectern_app PASSWORD '…';
--   DATABASE_URL         with lectern_app, through the pooler or not
--   DATABASE_URL_DIRECT  with the owner; only while there is something to migrate

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'lectern_app') THEN
        CREATE ROLE lectern_app LOGIN;
    END IF;
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO lectern_app', current_database());
END
$$;

-- PostgreSQL before 15 lets everybody make tables in it.
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO lectern_app;

-- What there is, and what the owner will make.
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO lectern_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO lectern_app;

-- Which migrations were applied is read at each start, and written by the owner.
DO $$
BEGIN
    IF to_regclass('public.flyway_schema_history') IS NOT NULL THEN
        REVOKE INSERT, UPDATE, DELETE ON flyway_schema_history FROM lectern_app;
    END IF;
END
$$;
