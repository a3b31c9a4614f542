package dev.lectern.limits;

import dev.lectern.access.ReaderId;
import java.time.Duration;
import java.time.InstantSource;

/// How many tokens of the language model are left of a day: of the whole site, of a caller and of an address. What is
/// taken beyond them is missing on the next day.
final class TokenBudgets {

    private static final String ALL = "all";

    private final Buckets<ReaderId> callers;
    private final Buckets<ClientAddress> addresses;
    private final Buckets<String> site;

    /// @param replicas that share the site's
    TokenBudgets(QuotaSettings settings, int replicas, InstantSource clock) {
        this.callers = Buckets.daily(Limit.CALLER_TOKENS, settings.callerTokens(), clock);
        this.addresses = Buckets.daily(Limit.ADDRESS_TOKENS, settings.addressTokens(), clock);
        this.site = Buckets.daily(Limit.SITE_TOKENS, settings.tokens().sharedBy(replicas), clock);
    }

    /// Until the site has tokens again; zero where it has some.
    Duration untilNext() {
        return site.untilNext(ALL);
    }

    /// Until both the caller and the address have tokens again; zero where they have some.
    Duration untilNext(Spender spender) {
        Duration byCaller = spender.caller() == null ? Duration.ZERO : callers.untilNext(spender.caller());
        Duration byAddress = spender.address() == null ? Duration.ZERO : addresses.untilNext(spender.address());
        return byCaller.compareTo(byAddress) > 0 ? byCaller : byAddress;
    }

    void spend(Spender spender, long tokens) {
        if (spender.caller() != null) {
            callers.spend(spender.caller(), tokens);
        }
        if (spender.address() != null) {
            addresses.spend(spender.address(), tokens);
        }
        site.spend(ALL, tokens);
    }
}
