package dev.lectern.neon.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailureClassifierTest {

    /// The rows are those of Neon's, PostgreSQL's, PgBouncer's and pgjdbc's own texts.
    @ParameterizedTest
    @CsvFileSource(resources = "failures.csv", delimiter = '|', numLinesToSkip = 1)
    void knows_each_error_for_what_it_is(
            Phase phase, String state, String message, String slug, Response.Repetition repetition, long probeSeconds) {
        DatabaseFailure failure = FailureClassifier.classify(new SQLException(message, state), phase)
                .orElseThrow();

        assertThat(failure.slug()).isEqualTo(slug);
        assertThat(failure.response().repetition()).isEqualTo(repetition);
        assertThat(failure.response().probe()).isEqualTo(Duration.ofSeconds(probeSeconds));
        assertThat(failure.message()).isNotBlank();
    }

    @Test
    void looks_through_the_exceptions_of_libraries() {
        SQLException last = new SQLException("read-only", "25006");
        SQLException first = new SQLException("batch", "HY000");
        first.setNextException(last);

        assertThat(FailureClassifier.classify(
                        new IllegalStateException("mine", new IllegalArgumentException(first)), Phase.WORKING))
                .contains(new DatabaseFailure.ReadOnly(DatabaseFailure.ReadOnly.Reason.READ_ONLY));
    }

    @Test
    void ends_with_causes_that_go_in_a_circle() {
        SQLException one = new SQLException("one");
        SQLException two = new SQLException("two", one);
        one.initCause(two);

        assertThat(FailureClassifier.classify(one, Phase.WORKING)).isEmpty();
    }

    @Test
    void takes_silence_for_silence_and_not_for_a_broken_connection() {
        SQLException silence = new SQLException(
                "An I/O error occurred while sending to the backend.", "08006", new SocketTimeoutException());

        assertThat(FailureClassifier.classify(silence, Phase.WORKING))
                .contains(new DatabaseFailure.TimedOut(DatabaseFailure.TimedOut.Reason.NO_ANSWER));
    }

    @ParameterizedTest
    @ValueSource(strings = {"23505", "42601", "22001", "XX000", "P0001"})
    void leaves_the_errors_of_statements_to_the_caller(String state) {
        assertThat(FailureClassifier.classify(new SQLException("value too long", state), Phase.WORKING))
                .isEmpty();
        assertThat(FailureClassifier.classify(new SQLException(null, state), Phase.WORKING))
                .isEmpty();
    }

    @Test
    void has_a_class_for_every_error_while_connecting() {
        assertThat(FailureClassifier.connecting(new IllegalStateException("who knows")))
                .isEqualTo(new DatabaseFailure.Down(DatabaseFailure.Down.Reason.UNKNOWN));
    }
}
