-- What makes the request that makes a conversation safe to repeat. The key lives as long as the conversation.
ALTER TABLE conversation
    ADD COLUMN creation_key  text,
    ADD COLUMN creation_hash text;

CREATE UNIQUE INDEX conversation_by_creation_key ON conversation (reader, creation_key)
    WHERE creation_key IS NOT NULL;
