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
    @JsonProperty("wrong_password")
    WRONG_PASSWORD("password authentication failed for user 'lectern'"),
    @JsonProperty("ip_not_allowed")
    IP_NOT_ALLOWED("This IP address 127.0.0.1 is not allowed to connect to this endpoint. Please add it to the allowed"
            + " list in the Neon console."),
    @JsonProperty("rate_limit")
    RATE_LIMIT("Too many connections attempts. Please try again later."),
    @JsonProperty("connect_permits")
    CONNECT_PERMITS(ProxyErrors.TOO_MANY_ATTEMPTS),
    @JsonProperty("authentication_timed_out")
    AUTHENTICATION_TIMED_OUT("Authentication timed out"),
    @JsonProperty("slots")
    SLOTS("remaining connection slots are reserved for roles with the SUPERUSER attribute"),
    @JsonProperty("starting_up")
    STARTING_UP("the database system is starting up"),
    @JsonProperty("shutting_down")
    SHUTTING_DOWN("the database system is shutting down"),
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
