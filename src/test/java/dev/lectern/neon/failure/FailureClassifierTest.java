package dev.lectern.neon.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/// What the classifier does with exceptions of any shape; what the errors of databases are is in [LoginFailureIT] and
/// [WorkFailureIT].
class FailureClassifierTest {

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
    void leaves_an_error_without_a_message_to_the_caller() {
        assertThat(FailureClassifier.classify(new SQLException(null, "XX000"), Phase.WORKING))
                .isEmpty();
    }

    @Test
    void has_a_class_for_every_error_while_connecting() {
        assertThat(FailureClassifier.connecting(new IllegalStateException("who knows")))
                .isEqualTo(new DatabaseFailure.Down(DatabaseFailure.Down.Reason.UNKNOWN));
    }
}
