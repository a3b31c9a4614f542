package dev.lectern.neon.warmup;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Windows of the week on the clocks of one time zone, such as `Mon-Fri 08:00-18:00, Sat 10:00-14:00 Asia/Karachi`.
///
/// A window that ends at or before its start ends on the next day. Where clocks go forward over a window's start or
/// end, it starts or ends at the change; where they go back over it, it starts at the first and ends at the second
/// time.
///
/// @param zone whose clocks count; UTC where none is named
public record WeeklyHours(List<Window> windows, ZoneId zone) {

    /// The same hours on some days.
    ///
    /// @param start the first minute, of the day
    /// @param end the minute after the last, counted from the same midnight: 1440 is the next
    public record Window(Set<DayOfWeek> days, int start, int end) {

        public Window {
            days = Set.copyOf(days);
        }
    }

    private static final int DAY = 24 * 60;
    private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
    private static final Pattern WINDOW =
            Pattern.compile("(\\S+)\\s+(\\d\\d?):(\\d\\d)\\s*-\\s*(\\d\\d?):(\\d\\d)(?:\\s+(\\S+))?");

    public WeeklyHours {
        windows = List.copyOf(windows);
        if (windows.isEmpty()) {
            throw new IllegalArgumentException("there are no hours");
        }
    }

    /// Reads windows, separated by commas, and after the last the zone's name.
    ///
    /// @throws IllegalArgumentException if it is none; the message is for whoever wrote it
    public static WeeklyHours parse(String text) {
        List<Window> windows = new ArrayList<>();
        ZoneId zone = ZoneOffset.UTC;
        String[] parts = text.strip().split("\\s*[;,](?=\\s+)\\s*", -1);
        for (int i = 0; i < parts.length; i++) {
            Matcher matcher = WINDOW.matcher(parts[i]);
            if (!matcher.matches() || (matcher.group(6) != null && i < parts.length - 1)) {
                throw new IllegalArgumentException(
                        "\"" + parts[i]
                                + "\" is no window: hours are written as \"Mon-Fri 08:00-18:00, Sat 10:00-14:00 Asia/Karachi\"");
            }
            int start = minutes(matcher.group(2), matcher.group(3));
            int end = minutes(matcher.group(4), matcher.group(5));
            windows.add(new Window(days(matcher.group(1)), start, end > start ? end : end + DAY));
            if (matcher.group(6) != null) {
                zone = zone(matcher.group(6));
            }
        }
        return new WeeklyHours(windows, zone);
    }

    private static int minutes(String hours, String minutes) {
        int sum = Integer.parseInt(hours) * 60 + Integer.parseInt(minutes);
        if (sum > DAY || Integer.parseInt(minutes) > 59) {
            throw new IllegalArgumentException(hours + ":" + minutes + " is no time of day");
        }
        return sum;
    }

    private static Set<DayOfWeek> days(String text) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String part : text.toLowerCase(Locale.ROOT).split("[,/]", -1)) {
            if (part.equals("daily")) {
                return EnumSet.allOf(DayOfWeek.class);
            }
            String[] ends = part.split("-", -1);
            int first = DAYS.indexOf(ends[0]);
            int last = DAYS.indexOf(ends[ends.length - 1]);
            if (first < 0 || last < 0 || ends.length > 2) {
                throw new IllegalArgumentException(
                        "\"" + text + "\" names no days: they are written as Mon-Fri, Sat,Sun or daily");
            }
            for (int day = first; day <= (last < first ? last + 7 : last); day++) {
                days.add(DayOfWeek.MONDAY.plus(day));
            }
        }
        return days;
    }

    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("\"" + name + "\" is no time zone: they are named as Asia/Karachi", e);
        }
    }

    /// The moment itself if it is within a window, else the start of the next.
    public Instant openFrom(Instant from) {
        LocalDate today = from.atZone(zone).toLocalDate();
        Instant next = Instant.MAX;
        // A window of yesterday may last until today; one a week away is the next where there is only one.
        for (int day = -1; day <= 8 && next.equals(Instant.MAX); day++) {
            LocalDate date = today.plusDays(day);
            for (Window window : windows) {
                if (window.days().contains(date.getDayOfWeek())) {
                    Instant start = at(date, window.start(), false);
                    if (from.isBefore(at(date, window.end(), true)) && start.isBefore(next)) {
                        next = start;
                    }
                }
            }
        }
        return next.isBefore(from) ? from : next;
    }

    private Instant at(LocalDate date, int minute, boolean end) {
        LocalDateTime local =
                LocalDateTime.of(date.plusDays(minute / DAY), LocalTime.ofSecondOfDay(minute % DAY * 60L));
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
        return switch (offsets.size()) {
            case 1 -> local.toInstant(offsets.getFirst());
            case 0 -> transition(local).getInstant();
            default -> local.toInstant(end ? offsets.getLast() : offsets.getFirst());
        };
    }

    private ZoneOffsetTransition transition(LocalDateTime local) {
        return zone.getRules().getTransition(local);
    }

    /// How long the windows are open in a week of no change of clocks; what overlaps counts twice.
    public Duration perWeek() {
        return Duration.ofMinutes(windows.stream()
                .mapToLong(window -> (long) window.days().size() * (window.end() - window.start()))
                .sum());
    }

    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        for (Window window : windows) {
            List<String> days = window.days().stream()
                    .sorted()
                    .map(day ->
                            day.name().charAt(0) + day.name().substring(1, 3).toLowerCase(Locale.ROOT))
                    .toList();
            boolean run = days.size() > 2
                    && window.days().stream()
                                            .mapToInt(DayOfWeek::getValue)
                                            .max()
                                            .orElse(0)
                                    - window.days().stream()
                                            .mapToInt(DayOfWeek::getValue)
                                            .min()
                                            .orElse(0)
                            == days.size() - 1;
            parts.add((run ? days.getFirst() + "-" + days.getLast() : String.join(",", days)) + " "
                    + clock(window.start()) + "-" + clock(window.end() > DAY ? window.end() - DAY : window.end()));
        }
        return String.join(", ", parts) + " " + (zone.equals(ZoneOffset.UTC) ? "UTC" : zone);
    }

    private static String clock(int minute) {
        return String.format(Locale.ROOT, "%02d:%02d", minute / 60, minute % 60);
    }
}
