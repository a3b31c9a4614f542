package dev.lectern.neonapi;

import dev.lectern.neonapi.NeonApiException.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What all computes of the project have used in this month, as Neon bills it: known on paid plans, an hour late.
///
/// Of the days that are over Neon is asked by the day, of today by the hour, since a time that has not ended is rounded
/// away. Not thread-safe.
final class MonthlyUse {

    private static final Logger LOG = LoggerFactory.getLogger(MonthlyUse.class);

    /// Figures come every quarter of an hour, but only whole hours are asked for.
    private static final Duration EVERY = Duration.ofHours(1);

    private static final Duration AFTER_REFUSAL = Duration.ofDays(1);

    private final NeonApi api;
    private Instant nextAt = Instant.MIN;
    private LocalDate toldOn = LocalDate.MIN;
    private @Nullable String organization;
    private @Nullable String refusal;

    MonthlyUse(NeonApi api) {
        this.api = api;
    }

    /// CU-hours of a month, from its beginning.
    record Use(Instant since, Instant until, double cuHours) {

        boolean isOfMonth(Instant now) {
            return since.equals(monthOf(now));
        }
    }

    /// Asks, where there may be news.
    ///
    /// @param estimated what warm-up has added to it in the month, by Lectern's own account
    /// @return the news
    Optional<Use> ask(Instant now, double estimated) throws InterruptedException {
        if (now.isBefore(nextAt)) {
            return Optional.empty();
        }
        nextAt = now.plus(EVERY);
        try {
            Optional<Use> use = used(now);
            use.ifPresent(news -> tell(news, now, estimated));
            return use;
        } catch (NeonApiException e) {
            nextAt = now.plus(e.lasts() ? AFTER_REFUSAL : EVERY);
            String why = e.reason() == Reason.REFUSED
                    ? "Neon tells it on paid plans only, and to keys that may know it (403)"
                    : String.valueOf(e.getMessage());
            if (e.lasts() && !why.equals(refusal)) {
                refusal = why;
                LOG.info("what Neon's computes really use is not shown: {}", why);
            } else {
                LOG.debug("what Neon's computes really use is not known: {}", why);
            }
            return Optional.empty();
        }
    }

    private Optional<Use> used(Instant now) throws NeonApiException, InterruptedException {
        Instant month = monthOf(now);
        Instant today = now.truncatedTo(ChronoUnit.DAYS);
        Instant hour = now.truncatedTo(ChronoUnit.HOURS);
        if (!month.isBefore(hour)) {
            return Optional.empty();
        }
        if (organization == null) {
            organization = api.organization().orElse(null);
        }
        String id = organization;
        if (id == null) {
            throw new NeonApiException(Reason.NOT_FOUND, "the project belongs to no organization");
        }
        OptionalDouble days =
                month.isBefore(today) ? api.consumption(id, "daily", month, today) : OptionalDouble.empty();
        OptionalDouble hours =
                today.isBefore(hour) ? api.consumption(id, "hourly", today, hour) : OptionalDouble.empty();
        return days.isEmpty() && hours.isEmpty()
                ? Optional.empty()
                : Optional.of(new Use(month, hour, days.orElse(0) + hours.orElse(0)));
    }

    /// Once a day is enough for a log.
    private void tell(Use use, Instant now, double estimated) {
        LocalDate today = now.atOffset(ZoneOffset.UTC).toLocalDate();
        if (!today.equals(toldOn)) {
            toldOn = today;
            LOG.info(
                    "{}",
                    String.format(
                            Locale.ROOT,
                            "Neon counts %.2f CU-hours of this month for all computes of the project until %s; by its own"
                                    + " estimate warm-up has added %.2f",
                            use.cuHours(),
                            use.until(),
                            estimated));
        }
    }

    private static Instant monthOf(Instant now) {
        return now.atOffset(ZoneOffset.UTC)
                .toLocalDate()
                .withDayOfMonth(1)
                .atStartOfDay()
                .toInstant(ZoneOffset.UTC);
    }
}
