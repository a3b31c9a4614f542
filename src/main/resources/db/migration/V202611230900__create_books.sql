-- One row: a number that grows with each import. Statements that run anyway read it, so that a replica learns of new
-- versions without asking for them.
CREATE TABLE library (
    revision bigint NOT NULL,
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row)
);

INSERT INTO library (revision) VALUES (0);

-- The edition is another with each import, also between databases and branches whose versions are the same number: a
-- copy on disk outlives a change of the connection string.
CREATE TABLE book (
    slug        text PRIMARY KEY,
    edition     uuid NOT NULL DEFAULT gen_random_uuid(),
    title       text NOT NULL,
    base_url    text,
    version     bigint NOT NULL,
    imported_at timestamptz NOT NULL
);

CREATE TABLE chapter (
    book     text NOT NULL REFERENCES book ON DELETE CASCADE,
    position int NOT NULL,
    slug     text NOT NULL,
    title    text NOT NULL,
    url      text NOT NULL,
    markdown text NOT NULL,
    headings jsonb NOT NULL,
    PRIMARY KEY (book, position),
    UNIQUE (book, slug)
);

-- An embedding is its floats, four bytes each, big-endian: read and written without a text form of each number.
CREATE TABLE passage (
    id            uuid PRIMARY KEY,
    book          text NOT NULL REFERENCES book ON DELETE CASCADE,
    position      int NOT NULL,
    chapter       text NOT NULL,
    chapter_title text NOT NULL,
    headings      text[] NOT NULL,
    url           text NOT NULL,
    anchor        text NOT NULL,
    text          text NOT NULL,
    content_hash  bytea NOT NULL,
    model         text NOT NULL,
    embedding     bytea NOT NULL,
    UNIQUE (book, position)
);
