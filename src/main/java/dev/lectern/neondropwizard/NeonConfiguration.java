package dev.lectern.neondropwizard;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.lectern.neon.InvalidNeonUrlException;
import dev.lectern.neon.NeonSettings;
import dev.lectern.neon.NeonSettings.Budget;
import dev.lectern.neon.NeonSettings.Patience;
import dev.lectern.neon.NeonSettings.Timeouts;
import dev.lectern.neon.NeonSettings.Vigilance;
import dev.lectern.neon.NeonUrl;
import dev.lectern.neon.Secret;
import io.dropwizard.validation.selfvalidating.SelfValidating;
import io.dropwizard.validation.selfvalidating.SelfValidation;
import io.dropwizard.validation.selfvalidating.ViolationCollector;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The part of the configuration that says which database is used, and how. Only `url` has no default.
///
/// @param connectionString `url`: Neon's URI or a JDBC URL
/// @param directConnectionString `directUrl`: the same without a pooler; needed where the first goes through one
/// @param maximumPoolSize how many connections this process asks for; it gets its share of what the server has
/// @param replicas how many processes like this one share the server's connections
/// @param headRoom how many connections are left for people, migrations and other programs
/// @param connectTimeout for the TCP connection alone
/// @param loginTimeout for a login, the compute's waking included
/// @param socketTimeout for an answer, where no deadline is nearer
/// @param maximumLifetime of a connection
/// @param suspendTimeout after how long without activity Neon suspends the compute; zero for never
/// @param distrustIdleAfter after how long unused a connection's first answer is waited for briefly only
/// @param requestDeadline after how long, from when its body has come, a request's database work is of no use any more
@SelfValidating
@JsonIgnoreProperties({"connectionString", "directConnectionString"})
public record NeonConfiguration(
        Secret connectionString,
        Secret directConnectionString,
        @Min(1) @Max(4000) int maximumPoolSize,
        @Min(1) @Max(1000) int replicas,
        @Min(0) @Max(4000) int headRoom,
        Duration connectTimeout,
        Duration loginTimeout,
        Duration socketTimeout,
        Duration maximumLifetime,
        Duration suspendTimeout,
        Duration distrustIdleAfter,
        Duration requestDeadline) {

    private static final Duration DEFAULT_REQUEST_DEADLINE = Duration.ofMillis(2500);

    /// Reads the configuration, with defaults for what is not said.
    @JsonCreator
    public static NeonConfiguration of(
            @JsonProperty("url") @Nullable String url,
            @JsonProperty("directUrl") @Nullable String directUrl,
            @JsonProperty("maximumPoolSize") @Nullable Integer maximumPoolSize,
            @JsonProperty("replicas") @Nullable Integer replicas,
            @JsonProperty("headRoom") @Nullable Integer headRoom,
            @JsonProperty("connectTimeout") @Nullable Duration connectTimeout,
            @JsonProperty("loginTimeout") @Nullable Duration loginTimeout,
            @JsonProperty("socketTimeout") @Nullable Duration socketTimeout,
            @JsonProperty("maximumLifetime") @Nullable Duration maximumLifetime,
            @JsonProperty("suspendTimeout") @Nullable Duration suspendTimeout,
            @JsonProperty("distrustIdleAfter") @Nullable Duration distrustIdleAfter,
            @JsonProperty("requestDeadline") @Nullable Duration requestDeadline) {
        return new NeonConfiguration(
                new Secret(url == null ? "" : url.strip()),
                new Secret(directUrl == null ? "" : directUrl.strip()),
                maximumPoolSize == null ? NeonSettings.DEFAULT_POOL_SIZE : maximumPoolSize,
                replicas == null ? Budget.DEFAULT.replicas() : replicas,
                headRoom == null ? Budget.DEFAULT.headRoom() : headRoom,
                connectTimeout == null ? Timeouts.DEFAULT.connect() : connectTimeout,
                loginTimeout == null ? Timeouts.DEFAULT.login() : loginTimeout,
                socketTimeout == null ? Timeouts.DEFAULT.socket() : socketTimeout,
                maximumLifetime == null ? Timeouts.DEFAULT.lifetime() : maximumLifetime,
                suspendTimeout == null ? NeonSettings.DEFAULT_SUSPEND_TIMEOUT : suspendTimeout,
                distrustIdleAfter == null ? Vigilance.DEFAULT.idle() : distrustIdleAfter,
                requestDeadline == null ? DEFAULT_REQUEST_DEADLINE : requestDeadline);
    }

    /// The defaults, and no database.
    public static NeonConfiguration unnamed() {
        return of(null, null, null, null, null, null, null, null, null, null, null, null);
    }

    /// Whether a connection string is given.
    public boolean named() {
        return !connectionString.value().isEmpty();
    }

    /// Where the database is.
    ///
    /// @throws InvalidNeonUrlException where the connection string is missing or cannot be used
    public NeonUrl url() {
        return NeonUrl.parse(connectionString.value());
    }

    /// Where the database is without a pooler: what migrations need.
    public NeonUrl direct() {
        return directConnectionString.value().isEmpty() ? url() : NeonUrl.parse(directConnectionString.value());
    }

    /// The settings for the database that is named here, or for another.
    public NeonSettings settings(NeonUrl url) {
        return new NeonSettings(
                url,
                "lectern",
                maximumPoolSize,
                new Budget(replicas, headRoom),
                new Timeouts(connectTimeout, loginTimeout, socketTimeout, maximumLifetime),
                Patience.DEFAULT,
                new Vigilance(distrustIdleAfter, Vigilance.DEFAULT.silence(), Vigilance.DEFAULT.held()),
                suspendTimeout);
    }

    /// Says under which key what is wrong, without printing a password.
    @SelfValidation
    public void check(ViolationCollector violations) {
        Optional<NeonUrl> url = named() ? parsed("url", connectionString, violations) : Optional.empty();
        Optional<NeonUrl> direct = directConnectionString.value().isEmpty()
                ? url
                : parsed("directUrl", directConnectionString, violations);
        if (direct.filter(NeonUrl::pooled).isPresent()) {
            violations.addViolation(
                    "directUrl",
                    "must be given and must not go through the pooler, since migrations need a session"
                            + " (the same host without -pooler)");
        }
        positive("connectTimeout", connectTimeout, violations);
        positive("loginTimeout", loginTimeout, violations);
        positive("socketTimeout", socketTimeout, violations);
        if (suspendTimeout.isNegative()) {
            violations.addViolation("suspendTimeout", "must not be negative");
        }
        positive("distrustIdleAfter", distrustIdleAfter, violations);
        positive("requestDeadline", requestDeadline, violations);
        if (maximumLifetime.compareTo(Duration.ofSeconds(30)) < 0) {
            violations.addViolation("maximumLifetime", "must be at least 30s");
        }
    }

    private static Optional<NeonUrl> parsed(String key, Secret text, ViolationCollector violations) {
        try {
            return Optional.of(NeonUrl.parse(text.value()));
        } catch (InvalidNeonUrlException e) {
            violations.addViolation(key, "cannot be used: " + e.getMessage());
            return Optional.empty();
        }
    }

    private static void positive(String key, Duration duration, ViolationCollector violations) {
        if (!duration.isPositive()) {
            violations.addViolation(key, "must be positive");
        }
    }
}
