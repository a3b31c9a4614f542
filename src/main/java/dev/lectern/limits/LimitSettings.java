package dev.lectern.limits;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How many requests callers and addresses may make, and whose word counts on what a client's address is.
///
/// @param enabled whether anything is limited at all
/// @param caller for each caller who is known by a token
/// @param address for each address, whoever calls from there
/// @param newReaders how many anonymous readers may be made from one address
/// @param adminGuesses how often who calls from one address may show a token that is not good to the admin port or to
///     import a book
/// @param answers how many answers there may be in the making at the same time
/// @param daily what there is for a day
/// @param trustedProxies addresses and networks, separated by commas
/// @param forwardedHeader in which the trusted proxies write whom they call for
public record LimitSettings(
        @NotNull Boolean enabled,
        @NotNull Rate caller,
        @NotNull Rate address,
        @NotNull Rate newReaders,
        @NotNull Rate adminGuesses,
        @Valid @NotNull AnswerSettings answers,
        @Valid @NotNull QuotaSettings daily,
        @NotNull String trustedProxies,
        @NotNull ForwardedHeader forwardedHeader) {

    /// What proxies write clients' addresses into. Only one of the two counts: a proxy passes the other one on as the
    /// client has sent it.
    public enum ForwardedHeader {
        @JsonProperty("X-Forwarded-For")
        X_FORWARDED_FOR,
        @JsonProperty("Forwarded")
        FORWARDED
    }

    /// What `config.yml` has, too.
    public static final LimitSettings DEFAULT = new LimitSettings(null, null, null, null, null, null, null, null, null);

    /// What is null is as `config.yml` has it.
    public LimitSettings(
            @Nullable Boolean enabled,
            @Nullable Rate caller,
            @Nullable Rate address,
            @Nullable Rate newReaders,
            @Nullable Rate adminGuesses,
            @Nullable AnswerSettings answers,
            @Nullable QuotaSettings daily,
            @Nullable String trustedProxies,
            @Nullable ForwardedHeader forwardedHeader) {
        this.enabled = enabled == null || enabled;
        this.caller = caller == null ? new Rate(240, Duration.ofMinutes(1)) : caller;
        this.address = address == null ? new Rate(12_000, Duration.ofMinutes(1)) : address;
        this.newReaders = newReaders == null ? new Rate(600, Duration.ofHours(1)) : newReaders;
        this.adminGuesses = adminGuesses == null ? new Rate(20, Duration.ofMinutes(1)) : adminGuesses;
        this.answers = answers == null ? AnswerSettings.DEFAULT : answers;
        this.daily = daily == null ? QuotaSettings.DEFAULT : daily;
        this.trustedProxies = trustedProxies == null ? "" : trustedProxies;
        this.forwardedHeader = forwardedHeader == null ? ForwardedHeader.X_FORWARDED_FOR : forwardedHeader;
        // Says at the start what is wrong with them.
        TrustedProxies.of(this);
    }

    /// These, or none where nothing is to be limited.
    LimitSettings inForce() {
        return enabled
                ? this
                : new LimitSettings(
                        false,
                        Rate.OFF,
                        Rate.OFF,
                        Rate.OFF,
                        Rate.OFF,
                        AnswerSettings.OFF,
                        QuotaSettings.OFF,
                        trustedProxies,
                        forwardedHeader);
    }
}
