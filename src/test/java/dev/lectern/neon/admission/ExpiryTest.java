package dev.lectern.neon.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ExpiryTest {

    private final BlockingQueue<Long> rounds = new SynchronousQueue<>();
    private final Expiry expiry = new Expiry(this::round);

    @Test
    void rests_while_nobody_waits_and_goes_on_when_somebody_does() throws InterruptedException {
        expiry.attend();
        rounds.put(1L);
        rounds.put(Expiry.NONE);
        rounds.put(Expiry.NONE); // it looks once more before it rests
        assertThat(rounds.offer(Expiry.NONE, 50, TimeUnit.MILLISECONDS)).isFalse();

        expiry.attend();
        rounds.put(1L);
        rounds.put(Expiry.OVER);
    }

    @Test
    void ends_also_from_its_rest() throws InterruptedException {
        expiry.attend();
        rounds.put(Expiry.NONE);
        rounds.put(Expiry.NONE);
        assertThat(rounds.offer(Expiry.NONE, 50, TimeUnit.MILLISECONDS)).isFalse();

        expiry.end();
        rounds.put(Expiry.OVER);
        assertThat(rounds.offer(Expiry.NONE, 50, TimeUnit.MILLISECONDS)).isFalse();
    }

    @Test
    void ends_without_having_begun() throws InterruptedException {
        CountDownLatch round = new CountDownLatch(1);
        Expiry never = new Expiry(() -> {
            round.countDown();
            return Expiry.OVER;
        });

        never.end();

        assertThat(round.await(50, TimeUnit.MILLISECONDS)).isFalse();
    }

    private long round() {
        try {
            return rounds.take();
        } catch (InterruptedException e) {
            return Expiry.OVER;
        }
    }
}
