package dev.lectern.embedded.gateway;

import com.fasterxml.jackson.annotation.JsonProperty;

/// Why a login fails, in the words of Neon's proxy (neondatabase/neon, `proxy/src/control_plane/errors.rs` and
/// `proxy/src/auth`), of PgBouncer or of PostgreSQL.
public enum LoginRefusal {
    @JsonProperty("waking")
    WAKING(ProxyErrors.NO_COMPUTE),
    @JsonProperty("control_plane")
    CONTROL_PLANE("Control plane request failed"),
    @JsonProperty("quota")
    QUOTA("Your account or project has exceeded the compute time quota. Upgrade your plan to increase limits."),
    @JsonProperty("data_transfer_quota")
    DATA_TRANSFER_QUOTA("Your project has exceeded the data transfer quota. Upgrade your plan to increase limits."),
    @JsonProperty("written_data_quota")
    WRITTEN_DATA_QUOTA("Your project has exceeded the written data quota. Upgrade your plan to increase limits."),
    @JsonProperty("check_quotas")
    CHECK_QUOTAS("Control plane request failed: endpoint is temporarily unavailable. Check your quotas and/or contact"
            + " our support."),
    @JsonProperty("compute_limit")
    COMPUTE_LIMIT(
            "You've exceeded the limit of concurrently active endpoints. Please suspend some endpoints, or contact"
                    + " Neon support if you want to increase the limit."),
    @JsonProperty("endpoint_disabled")
    ENDPOINT_DISABLED("Control plane request failed: endpoint is disabled"),
    @JsonProperty("endpoint_not_found")
    ENDPOINT_NOT_FOUND("Control plane request failed: endpoint cannot be found"),
    @JsonProperty("endpoint_unavailable")
    ENDPOINT_UNAVAILABLE("Control plane request failed: endpoint is temporarily unavailable"),
    @JsonProperty("endpoint_not_named")
    ENDPOINT_NOT_NAMED("Endpoint ID is not specified. Either please upgrade the postgres client library (libpq) for SNI"
            + " support or pass the endpoint ID (first part of the domain name) as a parameter."),
    @JsonProperty("endpoint_ambiguous")
    ENDPOINT_AMBIGUOUS("Inconsistent project name inferred from SNI ('ep-one') and project option ('ep-two')."),
    @JsonProperty("insecure")
    INSECURE("connection is insecure (try using `sslmode=require`)"),
    @JsonProperty("wrong_password")
    WRONG_PASSWORD("password authentication failed for user 'lectern'"),
    @JsonProperty("ip_not_allowed")
    IP_NOT_ALLOWED("This IP address 127.0.0.1 is not allowed to connect to this endpoint. Please add it to the allowed"
            + " list in the Neon console."),
    @JsonProperty("rate_limit")
    RATE_LIMIT("Too many connections attempts. Please try again later."),
    @JsonProperty("endpoint_rate_limit")
    ENDPOINT_RATE_LIMIT("Too many connections to this endpoint. Please try again later."),
    @JsonProperty("connect_permits")
    CONNECT_PERMITS(ProxyErrors.TOO_MANY_ATTEMPTS),
    @JsonProperty("authentication_timed_out")
    AUTHENTICATION_TIMED_OUT("Authentication timed out"),
    @JsonProperty("slots")
    SLOTS("remaining connection slots are reserved for roles with the SUPERUSER attribute"),
    @JsonProperty("too_many_clients")
    TOO_MANY_CLIENTS("sorry, too many clients already"),
    @JsonProperty("starting_up")
    STARTING_UP("the database system is starting up"),
    @JsonProperty("shutting_down")
    SHUTTING_DOWN("the database system is shutting down"),
    @JsonProperty("recovering")
    RECOVERING("the database system is in recovery mode"),
    @JsonProperty("pooler_full")
    POOLER_FULL("no more connections allowed (max_client_conn)");

    private final String text;

    LoginRefusal(String text) {
        this.text = text;
    }

    /// What the client reads.
    public String text() {
        return text;
    }
}
