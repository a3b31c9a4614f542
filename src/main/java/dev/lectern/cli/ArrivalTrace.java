package dev.lectern.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A file of arrivals: one ISO time a line, or a CSV whose first line names its columns.
public final class ArrivalTrace {

    private static final int USAGE = 64;
    private static final int SECONDS = 19; // 2026-01-05T09:00:00
    private static final int LAST_YEAR = 9999;

    private final Path file;
    private final @Nullable String column;

    /// @param column the CSV's column of the times; null for one time a line
    public ArrivalTrace(Path file, @Nullable String column) {
        this.file = file;
        this.column = column;
    }

    /// The arrivals in milliseconds of the epoch, ascending.
    ///
    /// @throws IOException if the file cannot be read
    /// @throws CommandFailedException if a line is no time, or there is none, or the file is not UTF-8; the message
    ///     names the file, and the line where one is at fault
    public long[] read() throws IOException {
        long[] arrivals = new long[1024];
        int count = 0;
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            int number = 0;
            int place = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (number == 1 && column != null) {
                    place = placeOf(column, line);
                } else if (!line.isBlank()) {
                    if (count == arrivals.length) {
                        arrivals = Arrays.copyOf(arrivals, 2 * count);
                    }
                    arrivals[count++] = time(column == null ? line : cell(line, place, number), number);
                }
            }
        } catch (CharacterCodingException e) {
            throw new CommandFailedException(USAGE, file + " is not UTF-8", e);
        }
        if (count == 0) {
            throw new CommandFailedException(USAGE, file + " has no arrivals");
        }
        long[] sorted = Arrays.copyOf(arrivals, count);
        Arrays.sort(sorted);
        return sorted;
    }

    private int placeOf(String name, String header) {
        List<String> names =
                Arrays.stream(header.split(",", -1)).map(ArrivalTrace::unquoted).toList();
        if (!names.contains(name)) {
            throw new CommandFailedException(USAGE, file + ":1: there is no column " + name + ", but " + names);
        }
        return names.indexOf(name);
    }

    /// The text between two commas; those within quotes separate nothing.
    private String cell(String line, int place, int number) {
        int begin = 0;
        int cell = 0;
        boolean quoted = false;
        for (int i = 0; i <= line.length(); i++) {
            if (i == line.length() || (line.charAt(i) == ',' && !quoted)) {
                if (cell == place) {
                    return unquoted(line.substring(begin, i));
                }
                cell++;
                begin = i + 1;
            } else if (line.charAt(i) == '"') {
                quoted = !quoted;
            }
        }
        throw new CommandFailedException(USAGE, file + ":" + number + ": has no column " + (place + 1));
    }

    private static String unquoted(String cell) {
        String text = cell.strip();
        return text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")
                ? text.substring(1, text.length() - 1)
                : text;
    }

    private long time(String line, int number) {
        String text = line.strip();
        try {
            long quick = utcSeconds(text);
            return quick >= 0 ? quick : millis(OffsetDateTime.parse(text));
        } catch (DateTimeException e) {
            throw new CommandFailedException(
                    USAGE, file + ":" + number + ": \"" + text + "\" is no time such as 2026-01-05T09:00:00Z", e);
        }
    }

    /// Of years that have four digits. The JDK reads some of which there are no milliseconds.
    private static long millis(OffsetDateTime time) {
        int year = time.withOffsetSameInstant(ZoneOffset.UTC).getYear();
        if (year < 0 || year > LAST_YEAR) {
            throw new DateTimeException("year " + year);
        }
        return time.toInstant().toEpochMilli();
    }

    /// What nearly all lines look like, read ten times as quickly as by the JDK; -1 for all others.
    private static long utcSeconds(String text) {
        if (text.length() != SECONDS + 1
                || text.charAt(SECONDS) != 'Z'
                || text.charAt(4) != '-'
                || text.charAt(7) != '-'
                || text.charAt(10) != 'T'
                || text.charAt(13) != ':'
                || text.charAt(16) != ':') {
            return -1;
        }
        int hour = digits(text, 11, 2);
        int minute = digits(text, 14, 2);
        int second = digits(text, 17, 2);
        int year = digits(text, 0, 4);
        int month = digits(text, 5, 2);
        int day = digits(text, 8, 2);
        if (hour > 23 || minute > 59 || second > 59 || Math.min(Math.min(year, month), day) < 0) {
            return -1;
        }
        if (Math.min(Math.min(hour, minute), second) < 0) {
            return -1;
        }
        return (LocalDate.of(year, month, day).toEpochDay() * 86_400 + hour * 3600L + minute * 60L + second) * 1000;
    }

    private static int digits(String text, int from, int count) {
        int number = 0;
        for (int i = from; i < from + count; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = 10 * number + digit;
        }
        return number;
    }
}
