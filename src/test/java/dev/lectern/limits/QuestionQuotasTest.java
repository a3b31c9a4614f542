package dev.lectern.limits;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lectern.access.ReaderId;
import dev.lectern.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuestionQuotasTest {

    private static final ReaderId ALICE = new ReaderId(new UUID(0, 1));
    private static final ReaderId BOB = new ReaderId(new UUID(0, 2));
    private static final ClientAddress SCHOOL = new ClientAddress(1, false);
    private static final ClientAddress HOME = new ClientAddress(2, false);

    private final List<Limit> refused = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-29T23:00:00Z");
    private HttpFields.Mutable headers = HttpFields.build();

    @Test
    void a_caller_has_new_questions_when_the_day_of_UTC_changes_and_not_before() {
        QuestionQuotas quotas = quotas("2", "off", "off", 1);
        assertThat(ask(quotas, SCHOOL, ALICE)).isNull();
        assertThat(headers.get("RateLimit-Policy")).isEqualTo("\"caller-questions\";q=2;w=86400");
        assertThat(headers.get("RateLimit")).isEqualTo("\"caller-questions\";r=1;t=3600");
        assertThat(ask(quotas, SCHOOL, ALICE)).isNull();

        now = Instant.parse("2026-11-29T23:59:58Z");
        Problem refusal = requireNonNull(ask(quotas, SCHOOL, ALICE));
        assertThat(refusal.status()).isEqualTo(429);
        assertThat(refusal.slug()).isEqualTo("quota-exhausted");
        assertThat(refusal.retryAfter()).isEqualTo(Duration.ofSeconds(2));
        assertThat(headers.get("RateLimit")).isEqualTo("\"caller-questions\";r=0;t=2");
        assertThat(refused).containsExactly(Limit.CALLER_QUESTIONS);

        now = Instant.parse("2026-11-30T00:00:00Z");
        assertThat(ask(quotas, SCHOOL, ALICE)).isNull();
        assertThat(ask(quotas, SCHOOL, ALICE)).isNull();
        assertThat(ask(quotas, SCHOOL, ALICE)).isNotNull();
        now = Instant.parse("2026-12-05T12:00:00Z");
        assertThat(ask(quotas, SCHOOL, ALICE)).isNull();
        assertThat(ask(quotas, SCHOOL, ALICE)).isNull();
        assertThat(ask(quotas, SCHOOL, ALICE)).isNotNull();
    }

    @Test
    void what_is_refused_is_taken_from_nobody() {
        QuestionQuotas quotas = quotas("1", "2", "3", 1);
        assertThat(ask(quotas, SCHOOL, ALICE)).isNull();
        for (int i = 0; i < 10; i++) {
            assertThat(ask(quotas, SCHOOL, ALICE)).isNotNull();
        }
        assertThat(ask(quotas, SCHOOL, BOB)).isNull();
        assertThat(ask(quotas, SCHOOL, null)).isNotNull();
        assertThat(refused.getLast()).isEqualTo(Limit.ADDRESS_QUESTIONS);
        assertThat(ask(quotas, HOME, null)).isNull();
        assertThat(ask(quotas, HOME, null)).isNotNull();
        assertThat(refused.getLast()).isEqualTo(Limit.SITE_QUESTIONS);
    }

    @Test
    void a_question_that_was_not_answered_is_given_back_once() {
        QuestionQuotas quotas = quotas("2", "2", "2", 1);
        for (int i = 0; i < 3; i++) {
            QuestionCount question = count(quotas, HOME, ALICE);
            assertThat(question.isGranted()).isTrue();
            question.giveBack();
        }
        QuestionCount twice = count(quotas, HOME, ALICE);
        assertThat(ask(quotas, HOME, ALICE)).isNull();
        twice.giveBack();
        twice.giveBack();

        assertThat(ask(quotas, HOME, ALICE)).isNull();
        assertThat(ask(quotas, HOME, ALICE)).isNotNull();
    }

    @Test
    void a_question_that_is_not_granted_is_refused_when_its_client_is_told_and_gives_nothing_back() {
        QuestionQuotas quotas = quotas("1", "off", "off", 1);
        assertThat(ask(quotas, HOME, ALICE)).isNull();

        QuestionCount spent = count(quotas, HOME, ALICE);
        assertThat(spent.isGranted()).isFalse();
        assertThat(refused).isEmpty();
        spent.giveBack();
        assertThat(spent.refused().problem().slug()).isEqualTo("quota-exhausted");
        assertThat(refused).containsExactly(Limit.CALLER_QUESTIONS);
        assertThat(ask(quotas, HOME, ALICE)).isNotNull();
    }

    @Test
    void what_is_settled_is_not_given_back() {
        QuestionQuotas quotas = quotas("1", "off", "off", 1);
        QuestionCount question = count(quotas, HOME, ALICE);

        question.settle();
        question.giveBack();

        assertThat(ask(quotas, HOME, ALICE)).isNotNull();
    }

    @Test
    void replicas_share_what_the_site_has() {
        QuestionQuotas quotas = quotas("off", "off", "7", 3);

        assertThat(ask(quotas, HOME, null)).isNull();
        assertThat(ask(quotas, SCHOOL, null)).isNull();
        assertThat(ask(quotas, SCHOOL, null)).isNotNull();
        assertThat(new Quota(2).sharedBy(3)).isEqualTo(new Quota(1));
        assertThat(Quota.OFF.sharedBy(3)).isEqualTo(Quota.OFF);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "many", "1.5", "1000000000000000"})
    void what_is_no_quota_is_named(String text) {
        assertThatThrownBy(() -> Quota.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + text + "\"");
    }

    private @Nullable Problem ask(QuestionQuotas quotas, ClientAddress address, @Nullable ReaderId caller) {
        QuestionCount question = count(quotas, address, caller);
        return question.isGranted() ? null : question.refused().problem();
    }

    private QuestionCount count(QuestionQuotas quotas, ClientAddress address, @Nullable ReaderId caller) {
        headers = HttpFields.build();
        return quotas.count(new Allowance(address, headers), caller);
    }

    private QuestionQuotas quotas(String caller, String address, String site, int replicas) {
        return new QuestionQuotas(
                new QuotaSettings(Quota.parse(caller), Quota.parse(address), Quota.parse(site), null, null, null),
                replicas,
                refused::add,
                () -> now);
    }
}
