-- What lets a server in. The key itself is nowhere: it is shown once, when it is made.
CREATE TABLE api_key (
    id           text PRIMARY KEY,
    name         text NOT NULL,
    scopes       text[] NOT NULL,
    hash         bytea NOT NULL,
    created_at   timestamptz NOT NULL,
    expires_at   timestamptz,
    revoked_at   timestamptz,
    last_used_at timestamptz
);

COMMENT ON COLUMN api_key.hash IS 'SHA-256 of the secret, which has 256 random bits: nothing slower is needed.';
COMMENT ON COLUMN api_key.last_used_at IS 'Written seldom, and only while the database is in use anyway.';
