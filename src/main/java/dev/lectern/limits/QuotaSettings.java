package dev.lectern.limits;

import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

/// How much may be asked in a day of UTC.
///
/// @param caller questions of each caller who is known by a token
/// @param address questions from each address, whoever asks from there
/// @param site questions of all, on all replicas together
/// @param tokens of the language model for all, on all replicas together; then answers are sentences of the book
/// @param callerTokens of the language model for each caller who is known by a token; then those of the caller are
/// @param addressTokens of the language model for all who ask from one address; then those of the address are
public record QuotaSettings(
        @NotNull Quota caller,
        @NotNull Quota address,
        @NotNull Quota site,
        @NotNull Quota tokens,
        @NotNull Quota callerTokens,
        @NotNull Quota addressTokens) {

    /// No limit.
    static final QuotaSettings OFF =
            new QuotaSettings(Quota.OFF, Quota.OFF, Quota.OFF, Quota.OFF, Quota.OFF, Quota.OFF);

    /// What `config.yml` has, too.
    public static final QuotaSettings DEFAULT = new QuotaSettings(null, null, null, null, null, null);

    /// What is null is as `config.yml` has it.
    public QuotaSettings(
            @Nullable Quota caller,
            @Nullable Quota address,
            @Nullable Quota site,
            @Nullable Quota tokens,
            @Nullable Quota callerTokens,
            @Nullable Quota addressTokens) {
        this.caller = caller == null ? new Quota(300) : caller;
        this.address = address == null ? new Quota(20_000) : address;
        this.site = site == null ? new Quota(100_000) : site;
        this.tokens = tokens == null ? new Quota(50_000_000) : tokens;
        this.callerTokens = callerTokens == null ? new Quota(1_000_000) : callerTokens;
        this.addressTokens = addressTokens == null ? new Quota(25_000_000) : addressTokens;
    }
}
