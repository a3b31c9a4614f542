-- Two roles for Lectern: the owner of the database, whom migrations use, and one for the process that serves, which may
-- read and write rows and nothing else. It makes no API keys: whoever has its password makes no operator of himself.
--
-- To be run by the owner, in psql or in Neon's SQL editor; again whenever you like, and once more after the first
-- migration, which takes back what nobody but migrations and operators should write. Then:
--
--   ALTER ROLE lectern_app PASSWORD '…';
--   DATABASE_URL         with lectern_app, through the pooler or not
--   DATABASE_URL_DIRECT  with the owner; only while there is something to migrate, and for bin/lectern api-key
--
-- Large objects it may still make: their functions are the server's, and only a superuser takes them from everybody.

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'lectern_app') THEN
        CREATE ROLE lectern_app LOGIN;
    END IF;
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO lectern_app', current_database());
    -- Temporary tables fill the disk as others do, and Lectern has none.
    EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
END
$$;

-- PostgreSQL before 15 lets everybody make tables in it.
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO lectern_app;

-- What there is, and what the owner will make.
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO lectern_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO lectern_app;

-- Which migrations were applied is read at each start, and written by the owner. API keys are made and revoked by the
-- owner, too; the process notes when they were last used.
DO $$
BEGIN
    IF to_regclass('public.flyway_schema_history') IS NOT NULL THEN
        REVOKE INSERT, UPDATE, DELETE ON flyway_schema_history FROM lectern_app;
    END IF;
    IF to_regclass('public.api_key') IS NOT NULL THEN
        REVOKE INSERT, UPDATE, DELETE ON api_key FROM lectern_app;
        GRANT UPDATE (last_used_at) ON api_key TO lectern_app;
    END IF;
END
$$;
