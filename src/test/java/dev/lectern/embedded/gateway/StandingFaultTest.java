package dev.lectern.embedded.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StandingFaultTest {

    @Test
    void happens_to_each_so_manieth() {
        StandingFault fault = new StandingFault(new Fault.ResetQueries(3, null), null);
        assertThat(IntStream.range(0, 7).mapToObj(i -> fault.happens(3)))
                .containsExactly(false, false, true, false, false, true, false);
        assertThat(fault.asItStands().happened()).isEqualTo(2);
    }

    @Test
    void happens_as_often_as_it_should() {
        StandingFault fault = new StandingFault(new Fault.QueueTimeout(2), null);
        assertThat(IntStream.range(0, 4).mapToObj(i -> fault.happens(1))).containsExactly(true, true, false, false);
        assertThat(fault.exhausted()).isTrue();
    }

    @Test
    void happens_to_a_share() {
        StandingFault fault = new StandingFault(new Fault.Slow(Duration.ofMillis(1), 0.25), null);
        assertThat(IntStream.range(0, 100).filter(i -> fault.happens(0.25)).count())
                .isEqualTo(25);
    }

    @Test
    void what_cannot_be_is_refused_by_the_name_of_its_value() {
        assertThatExceptionOfType(InvalidFaultException.class)
                .isThrownBy(() -> new Fault.Slow(Duration.ofMillis(5), 1.5))
                .satisfies(refusal -> assertThat(refusal.field()).isEqualTo("share"));
        assertThatExceptionOfType(InvalidFaultException.class)
                .isThrownBy(() -> new Fault.ResetQueries(0, null))
                .satisfies(refusal -> assertThat(refusal.field()).isEqualTo("every"));
        assertThatExceptionOfType(InvalidFaultException.class)
                .isThrownBy(() -> new Fault.Outage(Duration.ZERO))
                .satisfies(refusal -> assertThat(refusal.field()).isEqualTo("duration"));
    }
}
