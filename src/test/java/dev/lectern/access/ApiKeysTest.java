package dev.lectern.access;

import static dev.lectern.access.ApiKeys.Purpose.LOOKS;
import static dev.lectern.access.ApiKeys.Purpose.WORKS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lectern.problem.UnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeysTest {

    private final KeysInMemory store = new KeysInMemory();
    private final ApiKeys keys = store.verifier();

    @Test
    void a_key_is_a_server_with_its_scopes_and_an_identity_of_its_own() {
        String key = store.add(Scope.CHAT, Scope.ADMIN_READ);
        String other = store.add(Scope.CHAT);
        store.loaded();

        Caller caller = works(key).orElseThrow();

        assertThat(caller.kind()).isEqualTo(Caller.Kind.SERVER);
        assertThat(caller.scopes()).containsExactlyInAnyOrder(Scope.CHAT, Scope.ADMIN_READ);
        assertThat(caller.reader()).isEqualTo(works(key).orElseThrow().reader());
        assertThat(caller.reader()).isNotEqualTo(works(other).orElseThrow().reader());
        assertThat(caller.reader().value().version()).isEqualTo(8);
        assertThat(store.asked).isZero();
    }

    @Test
    void another_secret_opens_nothing_and_has_nobody_asked() {
        String key = store.add(Scope.CHAT);
        store.loaded();
        store.otherWork();
        String wrong = key.substring(0, key.length() - 1) + (key.endsWith("A") ? "B" : "A");
        store.pass(Duration.ofDays(1));
        store.otherWork();

        assertThat(works(wrong)).isEmpty();
        assertThat(store.asked).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"lk_", "lk_x_y", "lk_aaaaaaaaaaaa_short", "", "lk_AAAAAAAAAAAA_\u0000"})
    void what_is_no_key_is_refused(String text) {
        store.loaded();
        store.otherWork();

        assertThat(works(text)).isEmpty();
        assertThat(store.asked).isZero();
    }

    @Test
    void a_key_ends_at_its_moment_without_the_database() {
        String key = store.add(KeysInMemory.NOW.plusSeconds(10), Scope.CHAT);
        store.loaded();

        store.pass(Duration.ofMillis(9_999));
        assertThat(works(key)).isPresent();
        store.pass(Duration.ofMillis(1));
        assertThat(works(key)).isEmpty();
        assertThat(store.asked).isZero();
    }

    @Test
    void keys_in_steady_use_are_renewed_in_the_background_and_nobody_waits() {
        String key = store.add(Scope.CHAT);
        store.loaded();
        store.flightsWait = true;

        for (int second = 0; second <= 31; second++) {
            assertThat(works(key)).isPresent();
            store.pass(Duration.ofSeconds(1));
        }
        assertThat(store.waiting).hasSize(1);
        assertThat(works(key)).isPresent();
        assertThat(store.waiting).hasSize(1);
        assertThat(store.asked).isZero();
    }

    @Test
    void a_revoked_key_is_refused_within_sixty_seconds() {
        String key = store.add(Scope.CHAT);
        store.loaded();
        store.revokeAll();

        store.pass(ApiKeys.GOOD_FOR.plusMillis(1));

        assertThat(works(key)).isEmpty();
        assertThat(store.asked).isOne();
        assertThat(works(key)).isEmpty();
        assertThat(store.asked).isOne();
    }

    @Test
    void in_steady_use_it_is_refused_once_the_background_has_seen_it() {
        String key = store.add(Scope.CHAT);
        store.loaded();
        store.revokeAll();

        Instant revoked = store.now.get();
        while (works(key).isPresent()) {
            store.pass(Duration.ofSeconds(1));
            assertThat(Duration.between(revoked, store.now.get())).isLessThan(ApiKeys.GOOD_FOR);
        }
        assertThat(store.asked).isOne();
    }

    @Test
    void where_the_database_cannot_be_had_the_last_snapshot_counts_and_is_not_asked_for_at_every_request() {
        String key = store.add(Scope.CHAT);
        store.loaded();
        store.fail(true);
        store.pass(Duration.ofHours(1));

        for (int i = 0; i < 20; i++) {
            assertThat(works(key)).isPresent();
        }
        assertThat(store.asked).isOne();

        store.revokeAll();
        store.fail(false);
        store.pass(KeyRenewal.PAUSE);
        assertThat(works(key)).isEmpty();
    }

    @Test
    void looking_neither_wakes_the_database_nor_keeps_it_awake() {
        String key = store.add(Scope.ADMIN_READ);
        store.loaded();

        for (int scrape = 0; scrape < 100; scrape++) {
            store.pass(Duration.ofSeconds(15));
            assertThat(keys.verify(key, LOOKS)).isPresent();
        }
        assertThat(store.asked).isZero();

        // A reader asks something: the keys are read once more, and then there is rest again.
        store.otherWork();
        for (int scrape = 0; scrape < 100; scrape++) {
            store.pass(Duration.ofSeconds(15));
            assertThat(keys.verify(key, LOOKS)).isPresent();
        }
        assertThat(store.asked).isOne();
    }

    @Test
    void looking_is_refused_with_the_first_renewal_after_the_revocation() {
        String key = store.add(Scope.ADMIN_READ);
        store.loaded();
        store.revokeAll();
        store.pass(Duration.ofMinutes(5));
        assertThat(keys.verify(key, LOOKS)).isPresent();

        store.otherWork();

        assertThat(keys.verify(key, LOOKS)).isEmpty();
    }

    @Test
    void while_nobody_uses_the_database_looking_asks_it_once_in_six_hours() {
        String key = store.add(Scope.ADMIN_READ);
        store.loaded();

        for (int scrape = 0; scrape < Duration.ofDays(1).toMinutes(); scrape++) {
            store.pass(Duration.ofMinutes(1));
            assertThat(keys.verify(key, LOOKS)).isPresent();
        }

        assertThat(store.asked).isEqualTo(3);
    }

    @Test
    void a_revoked_key_that_looks_ends_within_six_hours_though_nobody_uses_the_database() {
        String key = store.add(Scope.ADMIN_READ);
        store.loaded();
        store.revokeAll();
        store.pass(ApiKeys.GOOD_WHILE_QUIET);
        assertThat(keys.verify(key, LOOKS)).isPresent();

        store.pass(Duration.ofMillis(1));
        assertThat(keys.verify(key, LOOKS)).isEmpty();

        store.pass(Duration.ofDays(30));
        assertThat(keys.verify(key, LOOKS)).isEmpty();
        assertThat(keys.verify(ApiKeyText.random().written(), LOOKS)).isEmpty();
        assertThat(store.asked).isOne();
    }

    @Test
    void an_operator_can_have_it_refused_at_once() {
        String key = store.add(Scope.ADMIN_READ);
        store.loaded();
        store.revokeAll();

        keys.refresh();

        assertThat(keys.verify(key, LOOKS)).isEmpty();
    }

    @Test
    void what_is_seldom_used_long_after_others_used_the_database_does_not_wake_it() {
        String key = store.add(Scope.ADMIN_READ);
        store.loaded();
        store.otherWork();

        store.pass(Duration.ofMinutes(10));

        assertThat(keys.verify(key, LOOKS)).isPresent();
        assertThat(store.asked).isZero();
    }

    @Test
    void an_unknown_key_may_be_new_and_is_looked_for_once_in_five_seconds_while_the_database_is_in_use() {
        store.loaded();
        String fresh = store.add(Scope.CHAT);
        assertThat(works(fresh)).isEmpty();
        assertThat(store.asked).isZero();

        store.otherWork();
        assertThat(works(fresh)).isPresent();

        for (int i = 0; i < 50; i++) {
            store.otherWork();
            assertThat(works(ApiKeyText.random().written())).isEmpty();
        }
        assertThat(store.asked).isOne();
        store.pass(KeyRenewal.PAUSE);
        store.otherWork();
        assertThat(works(ApiKeyText.random().written())).isEmpty();
        assertThat(store.asked).isEqualTo(2);
    }

    @Test
    void made_up_keys_alone_never_have_the_database_asked() {
        store.loaded();

        for (int i = 0; i < 1000; i++) {
            store.pass(Duration.ofSeconds(7));
            assertThat(works(ApiKeyText.random().written())).isEmpty();
        }

        assertThat(store.asked).isZero();
    }

    @Test
    void before_the_database_was_reached_nobody_can_tell() {
        String key = store.add(Scope.CHAT);
        store.fail(true);

        assertThatThrownBy(() -> works(key))
                .isInstanceOfSatisfying(
                        UnavailableException.class, e -> assertThat(e.reason()).isEqualTo("database-down"));
        assertThatThrownBy(() -> works(key)).isInstanceOf(UnavailableException.class);
        assertThat(store.asked).isOne();

        store.fail(false);
        store.pass(KeyRenewal.PAUSE);
        assertThat(works(key)).isPresent();
    }

    @Test
    void callers_who_come_during_a_flight_share_it() {
        String key = store.add(Scope.CHAT);
        store.loaded();
        store.flightsWait = true;
        store.pass(ApiKeys.RENEWED_AFTER.plusMillis(1));

        for (int i = 0; i < 10; i++) {
            assertThat(works(key)).isPresent();
        }

        assertThat(store.waiting).hasSize(1);
        store.waiting.getFirst().run();
        assertThat(store.asked).isOne();
    }

    @Test
    void the_last_use_is_written_with_a_renewal_and_once_a_minute_at_most() {
        String key = store.add(Scope.CHAT);
        String id = ApiKeyText.parse(key).orElseThrow().id();
        store.loaded();

        for (int second = 0; second < 600; second++) {
            assertThat(works(key)).isPresent();
            store.pass(Duration.ofSeconds(1));
        }

        assertThat(store.writes).isBetween(5, 10);
        assertThat(Duration.between(store.written.get(id), store.now.get())).isLessThan(Duration.ofSeconds(93));
    }

    @Test
    void a_single_use_after_a_long_time_is_written_by_its_own_renewal() {
        String key = store.add(Scope.CHAT);
        store.loaded();
        store.pass(Duration.ofDays(3));

        assertThat(works(key)).isPresent();

        assertThat(store.written.values()).containsExactly(store.now.get());
    }

    @Test
    void a_key_is_written_without_its_secret() {
        String key = store.add(Scope.CHAT);
        ApiKeyText text = ApiKeyText.parse(key).orElseThrow();

        assertThat(text.toString()).doesNotContain(text.secret()).contains(text.id());
        assertThat(text.secret()).hasSize(43);
        assertThat(ApiKeyText.random().secret())
                .isNotEqualTo(ApiKeyText.random().secret());
    }

    private Optional<Caller> works(String key) {
        return keys.verify(key, WORKS);
    }
}
