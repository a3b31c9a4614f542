package dev.lectern.limits;

import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

/// How many answers may be in the making at the same time.
///
/// @param caller for each caller who is known by a token
/// @param address for all who ask from one address, with a token or without
public record AnswerSettings(@NotNull Quota caller, @NotNull Quota address) {

    /// No limit.
    static final AnswerSettings OFF = new AnswerSettings(Quota.OFF, Quota.OFF);

    /// What `config.yml` has, too.
    public static final AnswerSettings DEFAULT = new AnswerSettings(null, null);

    /// What is null is as `config.yml` has it.
    public AnswerSettings(@Nullable Quota caller, @Nullable Quota address) {
        this.caller = caller == null ? new Quota(8) : caller;
        this.address = address == null ? new Quota(200) : address;
    }
}
