-- Readers have no table: their identity is in their token.
CREATE TABLE conversation (
    id         uuid PRIMARY KEY,
    reader     uuid NOT NULL,
    book       text,
    title      text,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
);

CREATE INDEX conversation_of_reader ON conversation (reader, id DESC);

CREATE TABLE message (
    id            uuid PRIMARY KEY,
    conversation  uuid NOT NULL REFERENCES conversation ON DELETE CASCADE,
    role          text NOT NULL CHECK (role IN ('user', 'assistant')),
    content       text NOT NULL,
    selected_text text,
    page_url      text,
    answers       uuid,
    citations     jsonb,
    grounded      boolean,
    stopped       boolean NOT NULL DEFAULT false,
    model         text,
    timings       jsonb,
    rating        text CHECK (rating IN ('like', 'dislike')),
    comment       text,
    created_at    timestamptz NOT NULL
);

COMMENT ON COLUMN message.answers IS
    'The question. No foreign key: both go with their conversation, and each message deleted would be looked up here.';

CREATE INDEX message_of_conversation ON message (conversation, id);

-- A claim: who answers a keyed request, and until when nobody else may. Once the answer is stored the claim lives on
-- for the key's lifetime, so that the same request is answered with it. A claim whose request died is taken over with
-- the ids of its question and answer, so that neither is stored twice.
CREATE TABLE idempotency_key (
    reader       uuid NOT NULL,
    key          text NOT NULL,
    request_hash bytea NOT NULL,
    conversation uuid NOT NULL REFERENCES conversation ON DELETE CASCADE,
    question     uuid NOT NULL,
    answer       uuid NOT NULL,
    attempt      uuid NOT NULL,
    holder       uuid NOT NULL,
    lease_until  timestamptz NOT NULL,
    answered     boolean NOT NULL DEFAULT false,
    expires_at   timestamptz NOT NULL,
    PRIMARY KEY (reader, key)
);

COMMENT ON COLUMN idempotency_key.attempt IS 'The request that holds the claim.';
COMMENT ON COLUMN idempotency_key.holder IS 'The process that the request runs in.';

CREATE INDEX idempotency_key_of_conversation ON idempotency_key (conversation);
CREATE INDEX idempotency_key_by_expiry ON idempotency_key (expires_at);
