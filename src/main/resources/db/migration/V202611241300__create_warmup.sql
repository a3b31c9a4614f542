-- What warm-up did and what readers met, by the hour.
CREATE TABLE warmup_hour (
    hour          timestamptz PRIMARY KEY,
    wakes         bigint NOT NULL,
    wake_millis   bigint NOT NULL,
    warm_wakes    bigint NOT NULL,
    touches       bigint NOT NULL,
    cold_requests bigint NOT NULL,
    cold_millis   bigint NOT NULL,
    avoided       bigint NOT NULL,
    cu_hours      double precision NOT NULL
);

-- What is remembered of the arrivals of readers: some kilobytes, in a form of its own.
CREATE TABLE warmup_history (
    id      smallint PRIMARY KEY CHECK (id = 1),
    arrivals bytea NOT NULL,
    kept_at timestamptz NOT NULL
);
