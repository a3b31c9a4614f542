package dev.lectern.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class BroadcastTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final InstantSource clock = () -> Instant.parse("2026-11-24T19:00:00Z");
    private final EventLog log = new EventLog(clock);
    private final AtomicInteger ticks = new AtomicInteger();
    private final AtomicInteger made = new AtomicInteger();
    private final Broadcast broadcast = new Broadcast(
            log,
            new ObjectMapper().registerModule(new JavaTimeModule()),
            ticks::incrementAndGet,
            Map.of("beat", () -> List.of(made.incrementAndGet())));
    private final Thread thread = Thread.ofPlatform().daemon().start(broadcast);

    @AfterEach
    void stop() throws InterruptedException {
        broadcast.close();
        thread.join();
    }

    @Test
    void an_entry_is_sent_at_once_to_all_who_watch_and_each_second_is_made_once_for_all() throws Exception {
        Subscription first = broadcast.subscribe(-1).orElseThrow();
        Subscription second = broadcast.subscribe(-1).orElseThrow();
        write("hello");

        String one = readUntil(first, "hello");
        assertThat(one).contains("id: 1\nevent: entry\ndata: {\"id\":1,").contains("\"text\":\"hello\"");
        assertThat(readUntil(second, "hello")).contains("event: entry");

        String beat = "event: beat\ndata: " + (made.get() + 1) + "\n\n";
        assertThat(readUntil(first, beat)).contains(beat);
        assertThat(readUntil(second, beat)).contains(beat);
    }

    @Test
    void whoever_comes_back_is_told_what_he_missed() throws Exception {
        Subscription watcher = broadcast.subscribe(-1).orElseThrow();
        for (int i = 1; i <= 5; i++) {
            write("entry " + i);
        }
        readUntil(watcher, "entry 5");
        broadcast.unsubscribe(watcher);

        assertThat(readUntil(broadcast.subscribe(3).orElseThrow(), "entry 5"))
                .contains("entry 4")
                .doesNotContain("entry 3");
    }

    @Test
    void who_does_not_read_is_dropped_and_harms_nobody() throws Exception {
        Subscription slow = broadcast.subscribe(-1).orElseThrow();
        Subscription good = broadcast.subscribe(-1).orElseThrow();
        for (int i = 1; i <= 200; i++) {
            write("entry " + i + ".");
            readUntil(good, "entry " + i + ".");
        }

        byte[] end = slow.next(SOON);
        assertThat(end).isNull();
    }

    @Test
    void more_than_32_do_not_watch() {
        List<Subscription> watchers = new ArrayList<>();
        for (int i = 0; i < Broadcast.MOST_WATCHERS; i++) {
            watchers.add(broadcast.subscribe(-1).orElseThrow());
        }
        assertThat(broadcast.subscribe(-1)).isEmpty();

        broadcast.unsubscribe(watchers.getFirst());
        assertThat(broadcast.subscribe(-1)).isPresent();
    }

    @Test
    void nothing_is_made_while_nobody_watches_but_time_goes_on() throws Exception {
        while (ticks.get() < 2) {
            Thread.onSpinWait();
        }
        assertThat(made).hasValue(0);
    }

    @Test
    void the_end_of_the_process_ends_all_streams() throws Exception {
        Subscription watcher = broadcast.subscribe(-1).orElseThrow();
        broadcast.close();

        assertThat(watcher.next(SOON)).isNull();
        assertThat(broadcast.subscribe(-1)).isEmpty();
    }

    private void write(String text) {
        log.write(Entry.Kind.PROCESS, Entry.Level.INFO, Entry.Actor.LECTERN, text);
    }

    private static String readUntil(Subscription watcher, String text) throws InterruptedException {
        StringBuilder read = new StringBuilder();
        while (read.indexOf(text) < 0) {
            byte[] chunk = watcher.next(SOON);
            assertThat(chunk).isNotNull();
            read.append(new String(chunk, UTF_8));
        }
        return read.toString();
    }
}
