package dev.lectern.console;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.lectern.neon.failure.DatabaseFailure;
import dev.lectern.neon.monitor.Timeline;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The last hour, second by second.
record TimelinePanel(Timeline timeline, InstantSource clock) {

    /// Columns of the same length. Where nobody looked in a second, its levels are null.
    ///
    /// @param at seconds since 1970
    @JsonNaming(SnakeCaseStrategy.class)
    record Shown(
            long stepMs,
            Instant from,
            Instant to,
            List<Long> at,
            List<State> states,
            List<@Nullable Integer> active,
            List<@Nullable Integer> idle,
            List<@Nullable Integer> waiting,
            List<@Nullable Integer> maximum,
            List<Integer> served,
            List<Integer> refused,
            List<Integer> timeouts,
            List<Integer> failed,
            List<Integer> wakes) {}

    /// For how long the database was in which state.
    ///
    /// @param to null where it still is
    record State(
            @JsonProperty("from") Instant from,
            @JsonProperty("to") @Nullable Instant to,
            @JsonProperty("status") String status,
            @JsonProperty("cause") @Nullable String cause) {

        static State of(Timeline.StateSpan span) {
            return new State(span.from(), span.until(), SnapshotPanel.word(span.status()), message(span.cause()));
        }
    }

    /// One second, as whoever watches is sent it.
    record Point(
            @JsonProperty("at") long at,
            @JsonProperty("status") @Nullable String status,
            @JsonProperty("cause") @Nullable String cause,
            @JsonProperty("active") int active,
            @JsonProperty("idle") int idle,
            @JsonProperty("waiting") int waiting,
            @JsonProperty("maximum") int maximum,
            @JsonProperty("served") int served,
            @JsonProperty("refused") int refused,
            @JsonProperty("timeouts") int timeouts,
            @JsonProperty("failed") int failed,
            @JsonProperty("wakes") int wakes) {

        static Point of(Timeline.Point point) {
            return new Point(
                    point.at().getEpochSecond(),
                    point.status() == null ? null : SnapshotPanel.word(point.status()),
                    message(point.cause()),
                    point.active(),
                    point.idle(),
                    point.waiting(),
                    point.maximum(),
                    point.served(),
                    point.refused(),
                    point.timedOut(),
                    point.failed(),
                    point.wakes());
        }
    }

    Shown shown() {
        List<Timeline.Point> points = timeline.points();
        Instant now = clock.instant();
        return new Shown(
                1000,
                points.isEmpty() ? now : points.getFirst().at(),
                now,
                column(points, point -> point.at().getEpochSecond()),
                timeline.spans().stream().map(State::of).toList(),
                levels(points, Timeline.Point::active),
                levels(points, Timeline.Point::idle),
                levels(points, Timeline.Point::waiting),
                levels(points, Timeline.Point::maximum),
                column(points, Timeline.Point::served),
                column(points, Timeline.Point::refused),
                column(points, Timeline.Point::timedOut),
                column(points, Timeline.Point::failed),
                column(points, Timeline.Point::wakes));
    }

    /// The second that has passed last; empty in the first one.
    List<Point> latest() {
        List<Timeline.Point> points = timeline.points();
        return points.isEmpty() ? List.of() : List.of(Point.of(points.getLast()));
    }

    private static <T> List<T> column(List<Timeline.Point> points, Function<Timeline.Point, T> value) {
        return points.stream().map(value).toList();
    }

    private static List<@Nullable Integer> levels(
            List<Timeline.Point> points, Function<Timeline.Point, Integer> value) {
        return points.stream()
                .<@Nullable Integer>map(point -> point.isGap() ? null : value.apply(point))
                .toList();
    }

    private static @Nullable String message(@Nullable DatabaseFailure cause) {
        return cause == null ? null : cause.message();
    }
}
