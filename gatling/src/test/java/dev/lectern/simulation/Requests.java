package dev.lectern.simulation;

import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.responseTimeInMillis;
import static io.gatling.javaapi.http.HttpDsl.header;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.http.HttpRequestActionBuilder;

/// Makes requests that are recorded, whatever becomes of them.
///
/// @param refusals whether a well-formed refusal is an answer that may come; else Gatling counts it as a failure
record Requests(Records records, boolean refusals) {

    private static final String BEGAN = "began";
    private static final String STATUS = "status";
    private static final String MILLIS = "millis";
    private static final String RETRY_AFTER = "retry_after";
    /// What a check of an answer may save, to be recorded with it.
    static final String DEGRADED = "degraded";

    static final String BACKEND_MS = "backend_ms";

    ChainBuilder recorded(String name, HttpRequestActionBuilder request) {
        return exec(session -> session.removeAll(STATUS, MILLIS, RETRY_AFTER, DEGRADED, BACKEND_MS)
                        .set(BEGAN, System.currentTimeMillis()))
                .exec(request.check(
                        refusals ? status().in(200, 201, 429, 503) : status().in(200, 201),
                        status().saveAs(STATUS),
                        responseTimeInMillis().saveAs(MILLIS),
                        header("Retry-After").optional().saveAs(RETRY_AFTER)))
                .exec(session -> {
                    record(name, session);
                    return session;
                });
    }

    private void record(String name, Session session) {
        long began = session.getLong(BEGAN);
        if (!session.contains(STATUS)) {
            int waited = (int) (System.currentTimeMillis() - began);
            records.request(began, name, 0, waited, Outcome.LOST, -1);
            return;
        }
        String retryAfter = session.contains(RETRY_AFTER) ? session.getString(RETRY_AFTER) : "";
        int status = session.getInt(STATUS);
        records.request(
                began,
                name,
                status,
                session.getInt(MILLIS),
                Outcome.of(status, retryAfter, session.contains(DEGRADED)),
                session.contains(BACKEND_MS) ? session.getInt(BACKEND_MS) : -1);
    }
}
