package dev.lectern.limits;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lectern.access.ReaderId;
import dev.lectern.neon.admission.Requester;
import dev.lectern.problem.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimitsTest {

    private static final ReaderId ALICE = new ReaderId(new UUID(0, 1));
    private static final ReaderId BOB = new ReaderId(new UUID(0, 2));
    private static final ClientAddress SCHOOL = new ClientAddress(1, false);
    private static final ClientAddress HOME = new ClientAddress(2, false);

    private final AtomicLong now = new AtomicLong(5);
    private final List<Limit> refused = new ArrayList<>();
    private final RateLimits limits = limits("3/1m", "5/1m", "2/1h");
    private HttpFields.Mutable headers = HttpFields.build();

    @Test
    void a_caller_has_as_many_at_once_as_the_rate_says_and_then_more_as_time_passes() {
        for (int i = 0; i < 3; i++) {
            assertThat(ask(SCHOOL, ALICE)).isNull();
        }
        Problem refusal = requireNonNull(ask(SCHOOL, ALICE));

        assertThat(refusal.status()).isEqualTo(429);
        assertThat(refusal.slug()).isEqualTo("rate-limited");
        assertThat(refusal.retryAfter()).isEqualTo(Duration.ofSeconds(20));
        assertThat(headers.get("RateLimit-Policy")).isEqualTo("\"caller\";q=3;w=60");
        assertThat(headers.get("RateLimit")).isEqualTo("\"caller\";r=0;t=60");
        assertThat(refused).containsExactly(Limit.CALLER);

        now.addAndGet(Duration.ofSeconds(20).toNanos());
        assertThat(ask(SCHOOL, ALICE)).isNull();
        assertThat(headers.get("RateLimit-Policy")).isEqualTo("\"caller\";q=3;w=60, \"address\";q=5;w=60");
        assertThat(headers.get("RateLimit")).isEqualTo("\"caller\";r=0;t=60, \"address\";r=2;t=28");
    }

    @Test
    void what_a_caller_is_refused_is_not_taken_from_others_at_the_same_address() {
        for (int i = 0; i < 50; i++) {
            ask(SCHOOL, ALICE);
        }

        assertThat(ask(SCHOOL, BOB)).isNull();
        assertThat(ask(SCHOOL, BOB)).isNull();
        assertThat(requireNonNull(ask(SCHOOL, BOB)).slug()).isEqualTo("rate-limited");
        assertThat(refused.getLast()).isEqualTo(Limit.ADDRESS);
    }

    @Test
    void many_callers_at_one_address_have_no_more_than_the_address() {
        int granted = 0;
        for (int i = 0; i < 50; i++) {
            granted += ask(SCHOOL, new ReaderId(new UUID(1, i))) == null ? 1 : 0;
        }

        assertThat(granted).isEqualTo(5);
        assertThat(ask(HOME, ALICE)).isNull();
    }

    @Test
    void who_has_no_token_has_the_address_only() {
        for (int i = 0; i < 5; i++) {
            assertThat(ask(HOME, null)).isNull();
        }
        assertThat(headers.get("RateLimit-Policy")).isEqualTo("\"address\";q=5;w=60");
        assertThat(ask(HOME, null)).isNotNull();
    }

    @Test
    void an_address_that_may_make_no_more_requests_has_no_token_looked_at() {
        for (int i = 0; i < 5; i++) {
            ask(HOME, null);
        }

        assertThat(limits.refusal(new Allowance(HOME, headers), () -> {
                    throw new AssertionError("it was looked at");
                }))
                .isNotNull();
    }

    @Test
    void readers_are_made_at_a_rate_of_their_own() {
        assertThat(limits.refusalOfNewReader(new Allowance(HOME, headers))).isNull();
        assertThat(limits.refusalOfNewReader(new Allowance(HOME, headers))).isNull();
        Problem refusal = requireNonNull(limits.refusalOfNewReader(new Allowance(HOME, headers)));
        assertThat(refusal.retryAfter()).isEqualTo(Duration.ofMinutes(30));
        assertThat(headers.get("RateLimit-Policy")).isEqualTo("\"new-readers\";q=2;w=3600");
        assertThat(headers.get("Cache-Control")).isEqualTo("no-store");
        assertThat(limits.refusalOfNewReader(new Allowance(SCHOOL, headers))).isNull();
    }

    @Test
    void who_is_known_waits_as_himself_and_who_is_not_as_his_address() {
        Allowance known = new Allowance(HOME, headers);
        Allowance unknown = new Allowance(HOME, headers);

        limits.refusal(known, () -> ALICE);
        limits.refusal(unknown, () -> null);

        assertThat(known.requester()).isEqualTo(new Requester(ALICE));
        assertThat(unknown.requester()).isEqualTo(new Requester(HOME));
    }

    @Test
    void what_is_off_limits_nobody_and_is_not_told() {
        RateLimits off = limits("off", "off", "off");
        for (int i = 0; i < 100; i++) {
            assertThat(off.refusal(new Allowance(HOME, headers), () -> ALICE)).isNull();
        }
        assertThat(headers).isEmpty();
    }

    @Test
    void a_flood_of_addresses_does_not_fill_the_memory_and_who_is_idle_is_forgotten() {
        Buckets<ClientAddress> buckets = Buckets.filling(Limit.ADDRESS, Rate.parse("5/1m"), now::get);
        for (int i = 0; i < 3 * Buckets.MOST; i++) {
            buckets.take(new ClientAddress(i, true));
        }
        assertThat(buckets.size()).isLessThanOrEqualTo(Buckets.MOST);

        now.addAndGet(Duration.ofMinutes(2).toNanos());
        assertThat(buckets.size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0/1m", "240", "240/m", "240/1d", "-1/1m", "1000000000/1s", "no"})
    void what_is_no_rate_is_named(String text) {
        assertThatThrownBy(() -> Rate.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + text + "\"");
    }

    @Test
    void a_rate_is_requests_and_a_time() {
        assertThat(Rate.parse("240/1m")).isEqualTo(new Rate(240, Duration.ofMinutes(1)));
        assertThat(Rate.parse(" 10/30s ")).isEqualTo(new Rate(10, Duration.ofSeconds(30)));
        assertThat(Rate.parse("600/2h")).isEqualTo(new Rate(600, Duration.ofHours(2)));
        assertThat(Rate.parse("off")).isEqualTo(Rate.OFF);
    }

    private @Nullable Problem ask(ClientAddress address, @Nullable ReaderId caller) {
        headers = HttpFields.build();
        return limits.refusal(new Allowance(address, headers), () -> caller);
    }

    private RateLimits limits(String caller, String address, String newReaders) {
        return new RateLimits(
                new LimitSettings(
                        true,
                        Rate.parse(caller),
                        Rate.parse(address),
                        Rate.parse(newReaders),
                        null,
                        null,
                        null,
                        null,
                        null),
                refused::add,
                now::get);
    }
}
