package dev.lectern.neon.warmup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WeeklyHoursTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Mon-Fri 08:00-18:00 Asia/Karachi                | 2026-11-24T02:59:59Z | 2026-11-24T03:00:00Z
            Mon-Fri 08:00-18:00 Asia/Karachi                | 2026-11-24T12:59:59Z | 2026-11-24T12:59:59Z
            Mon-Fri 08:00-18:00 Asia/Karachi                | 2026-11-24T13:00:00Z | 2026-11-25T03:00:00Z
            Mon-Fri 08:00-18:00                             | 2026-11-27T18:00:00Z | 2026-11-30T08:00:00Z
            daily 22:00-02:00                               | 2026-11-24T01:00:00Z | 2026-11-24T01:00:00Z
            Mon-Fri 08:00-12:00, Mon-Fri 13:00-18:00        | 2026-11-24T12:30:00Z | 2026-11-24T13:00:00Z
            Sat,Sun 10:00-14:00, Fri 20:00-24:00 Asia/Tokyo | 2026-11-27T14:59:00Z | 2026-11-27T14:59:00Z
            Sun 00:00-01:00                                 | 2026-11-22T01:00:00Z | 2026-11-29T00:00:00Z
            Sat-Mon 09:00-10:00                             | 2026-11-23T08:00:00Z | 2026-11-23T09:00:00Z
            """)
    void are_open_from(String hours, Instant from, Instant expected) {
        assertThat(WeeklyHours.parse(hours).openFrom(from)).isEqualTo(expected);
    }

    /// Clocks go forward in spring and back in autumn, in the south the other way around, and on Lord Howe by half an
    /// hour.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            daily 08:00-18:00 Europe/Berlin       | 2026-03-28T17:00:00Z | 2026-03-29T06:00:00Z
            daily 08:00-18:00 Europe/Berlin       | 2026-10-24T16:00:00Z | 2026-10-25T07:00:00Z
            daily 08:00-18:00 America/New_York    | 2026-03-07T23:00:00Z | 2026-03-08T12:00:00Z
            daily 08:00-18:00 America/New_York    | 2026-10-31T22:00:00Z | 2026-11-01T13:00:00Z
            daily 08:00-18:00 Australia/Sydney    | 2026-10-03T08:00:00Z | 2026-10-03T21:00:00Z
            daily 08:00-18:00 Australia/Lord_Howe | 2026-04-04T07:00:00Z | 2026-04-04T21:30:00Z
            daily 02:30-04:00 Europe/Berlin       | 2026-03-28T12:00:00Z | 2026-03-29T01:00:00Z
            daily 02:30-04:00 Europe/Berlin       | 2026-10-24T12:00:00Z | 2026-10-25T00:30:00Z
            daily 01:00-02:30 Europe/Berlin       | 2026-10-25T01:29:59Z | 2026-10-25T01:29:59Z
            daily 01:00-02:30 Europe/Berlin       | 2026-10-25T01:30:00Z | 2026-10-26T00:00:00Z
            daily 01:00-02:30 Europe/Berlin       | 2026-03-29T01:00:00Z | 2026-03-29T23:00:00Z
            """)
    void follow_the_clocks_over_a_change(String hours, Instant from, Instant expected) {
        assertThat(WeeklyHours.parse(hours).openFrom(from)).isEqualTo(expected);
    }

    @Property(tries = 500)
    void are_open_exactly_when_the_clock_on_the_wall_says_so(
            @ForAll @LongRange(min = 1_700_000_000, max = 1_900_000_000) long second,
            @ForAll @IntRange(min = 0, max = 3) int zone) {
        ZoneId where =
                ZoneId.of(java.util.List.of("Europe/Berlin", "America/New_York", "Australia/Sydney", "Asia/Karachi")
                        .get(zone));
        WeeklyHours hours = WeeklyHours.parse("Mon-Fri 08:00-18:00 " + where);
        Instant from = Instant.ofEpochSecond(second);
        ZonedDateTime wall = from.atZone(where);
        boolean open = wall.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) <= 0
                && !wall.toLocalTime().isBefore(LocalTime.of(8, 0))
                && wall.toLocalTime().isBefore(LocalTime.of(18, 0));

        Instant next = hours.openFrom(from);

        if (open) {
            assertThat(next).isEqualTo(from);
        } else {
            assertThat(next).isAfter(from);
            assertThat(next.atZone(where).toLocalTime()).isEqualTo(LocalTime.of(8, 0));
            assertThat(Duration.between(from, next)).isLessThan(Duration.ofHours(64));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Mon-Fri",
                "Mon-Fri 08:00",
                "Mon-Fri 8-18",
                "Mon-Fri 08:00-25:00",
                "Mon-Fri 08:70-09:00",
                "Moonday 08:00-09:00",
                "Mon-Fri 08:00-18:00 Asia/Nowhere",
                "Mon 08:00-18:00 Asia/Karachi, Tue 08:00-18:00"
            })
    void that_are_none_are_refused(String text) {
        assertThatThrownBy(() -> WeeklyHours.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void read_back_what_they_print() {
        WeeklyHours hours = WeeklyHours.parse("Mon-Fri 08:00-18:00, Sat,Sun 22:00-02:00 Asia/Karachi");

        assertThat(hours).hasToString("Mon-Fri 08:00-18:00, Sat,Sun 22:00-02:00 Asia/Karachi");
        assertThat(WeeklyHours.parse(hours.toString())).isEqualTo(hours);
        assertThat(hours.perWeek()).isEqualTo(Duration.ofHours(58));
    }
}
