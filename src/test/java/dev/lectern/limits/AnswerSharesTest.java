package dev.lectern.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lectern.access.ReaderId;
import dev.lectern.problem.ProblemException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AnswerSharesTest {

    private static final ReaderId ALICE = new ReaderId(new UUID(0, 1));
    private static final ReaderId BOB = new ReaderId(new UUID(0, 2));
    private static final ClientAddress HOME = ClientAddress.of(InetAddress.ofLiteral("192.0.2.1"));
    private static final ClientAddress SCHOOL = ClientAddress.of(InetAddress.ofLiteral("192.0.2.2"));

    private final List<Limit> refused = new ArrayList<>();

    @Test
    void who_has_as_many_as_one_may_gets_no_other_until_one_ends() {
        AnswerShares shares = shares("2", "off");
        AnswerShare first = take(shares, HOME, ALICE);
        take(shares, SCHOOL, ALICE);

        assertRefused(shares, HOME, ALICE, Limit.CALLER_ANSWERS);
        take(shares, HOME, BOB);
        first.giveBack();

        take(shares, HOME, ALICE);
        assertRefused(shares, HOME, ALICE, Limit.CALLER_ANSWERS);
    }

    @Test
    void many_tokens_are_no_way_around_the_bound_of_an_address() {
        AnswerShares shares = shares("2", "3");
        take(shares, HOME, ALICE);
        take(shares, HOME, ALICE);
        take(shares, HOME, BOB);

        assertRefused(shares, HOME, BOB, Limit.ADDRESS_ANSWERS);
        assertRefused(shares, HOME, null, Limit.ADDRESS_ANSWERS);
        // What the address refused is not the caller's.
        take(shares, SCHOOL, BOB);
    }

    @Test
    void whom_nobody_knows_has_what_the_address_has() {
        AnswerShares shares = shares("1", "3");
        for (int i = 0; i < 3; i++) {
            take(shares, HOME, null);
        }

        assertRefused(shares, HOME, null, Limit.ADDRESS_ANSWERS);
        take(shares, SCHOOL, null);
    }

    @Test
    void nothing_is_remembered_of_who_has_none() {
        AnswerShares shares = shares("1", "1");
        AnswerShare only = take(shares, HOME, ALICE);
        assertRefused(shares, SCHOOL, ALICE, Limit.CALLER_ANSWERS);
        assertRefused(shares, HOME, BOB, Limit.ADDRESS_ANSWERS);
        assertThat(shares.size()).isEqualTo(2);

        only.giveBack();

        assertThat(shares.size()).isZero();
    }

    @Test
    void what_is_off_is_not_counted_and_no_more_is_a_request_that_nobody_limits() {
        AnswerShares shares = shares("off", "off");
        for (int i = 0; i < 1_000; i++) {
            take(shares, HOME, ALICE);
        }
        assertThat(shares.size()).isZero();

        AnswerShares tight = shares("1", "1");
        tight.take();
        tight.take();
        assertThat(tight.size()).isZero();
    }

    @Test
    void of_many_who_come_at_once_no_more_than_the_bound_are_let_in() throws Exception {
        AnswerShares shares = new AnswerShares(new AnswerSettings(new Quota(5), Quota.OFF), limit -> {});
        CountDownLatch start = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> taken = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                taken.add(threads.submit(() -> {
                    start.await();
                    return takes(shares);
                }));
            }
            start.countDown();
            int all = 0;
            for (Future<Integer> each : taken) {
                all += each.get();
            }
            assertThat(all).isBetween(1, 5);
        }
    }

    private static int takes(AnswerShares shares) {
        try {
            take(shares, HOME, ALICE);
            return 1;
        } catch (ProblemException e) {
            return 0;
        }
    }

    private void assertRefused(AnswerShares shares, ClientAddress address, @Nullable ReaderId caller, Limit limit) {
        refused.clear();
        assertThatThrownBy(() -> take(shares, address, caller)).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.problem().status()).isEqualTo(429);
            assertThat(e.problem().slug()).isEqualTo("rate-limited");
            assertThat(e.problem().retryAfter()).isNotNull();
        });
        assertThat(refused).containsExactly(limit);
    }

    private static AnswerShare take(AnswerShares shares, ClientAddress address, @Nullable ReaderId caller) {
        Allowance allowance = new Allowance(address, HttpFields.build());
        allowance.madeBy(caller);
        return ScopedValue.where(Allowance.CURRENT, allowance).call(shares::take);
    }

    private AnswerShares shares(String caller, String address) {
        return new AnswerShares(new AnswerSettings(Quota.parse(caller), Quota.parse(address)), refused::add);
    }
}
