-- Retention looks at the oldest first. An id does not tell how old: a widget's follows from its key.
CREATE INDEX conversation_by_age ON conversation (created_at, id);
