package dev.lectern.neon.warmup;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;

/// How busy the half hours of the week and of the day are, and the last day was, in minutes with a reader.
///
/// A half hour of the week follows a new habit within a month; more than three minutes with a reader count for three,
/// so that one import or one examination does not outweigh a term.
final class WeeklyPattern {

    private static final long MINUTE = 60_000;
    private static final long SLOT = 30 * MINUTE;
    private static final int DAY = 48;
    private static final int WEEK = 7 * DAY;
    private static final int CAP = 3;
    private static final double WEEK_RATE = 0.12;
    private static final double DAY_RATE = 0.07;
    private static final double RECENT = 24 * 60 * MINUTE;

    /// A half hour in which nobody was ever seen counts as if it had a hundredth of a minute.
    private static final double UNSEEN = 0.01;

    private final ZoneId zone;
    private final double[] week = new double[WEEK];
    private final double[] day = new double[DAY];
    private long seen;
    private long slot = Long.MIN_VALUE;
    private int minutes;
    private long minute = Long.MIN_VALUE;
    private double recent;
    private long recentAt;

    WeeklyPattern(ZoneId zone) {
        this.zone = zone;
    }

    private long slotOf(long millis) {
        long offset = zone.getRules().getOffset(Instant.ofEpochMilli(millis)).getTotalSeconds() * 1000L;
        return Math.floorDiv(millis + offset, SLOT);
    }

    void arrived(long millis) {
        long now = Math.floorDiv(millis, MINUTE);
        if (now == minute) {
            return;
        }
        minute = now;
        rollTo(slotOf(millis));
        minutes = Math.min(CAP, minutes + 1);
        recent = recent * Math.exp(-(millis - recentAt) / RECENT) + 1;
        recentAt = millis;
    }

    /// Ends the half hours before one. Where clocks go back, the half hours that come again are one with the last.
    private void rollTo(long now) {
        if (slot == Long.MIN_VALUE) {
            slot = now;
        }
        for (; slot < now; slot++) {
            int ofWeek = Math.floorMod(slot, WEEK);
            int ofDay = Math.floorMod(slot, DAY);
            week[ofWeek] += (minutes - week[ofWeek]) * Math.max(WEEK_RATE, 1.0 / (1 + seen / WEEK));
            day[ofDay] += (minutes - day[ofDay]) * Math.max(DAY_RATE, 1.0 / (1 + seen / DAY));
            seen++;
            minutes = 0;
        }
    }

    /// The logarithm of how busy a moment is expected to be: of the half hour of the week, of the half hour of the day
    /// and of the last day, each counting alike.
    double level(long millis) {
        long at = slotOf(millis);
        double ofDay = around(day, at);
        double ofWeek = seen < WEEK ? ofDay : around(week, at);
        double ofRecent = 30 * MINUTE / RECENT * recent * Math.exp(-(millis - recentAt) / RECENT);
        return Math.log((ofWeek + UNSEEN) * (ofDay + UNSEEN) * (ofRecent + UNSEEN)) / 3;
    }

    private static double around(double[] pattern, long slot) {
        int n = pattern.length;
        return pattern[Math.floorMod(slot, n)] / 2
                + (pattern[Math.floorMod(slot - 1, n)] + pattern[Math.floorMod(slot + 1, n)]) / 4;
    }

    void write(DataOutput out) throws IOException {
        Numbers.write(week, out);
        Numbers.write(day, out);
        out.writeLong(seen);
        out.writeLong(slot);
        out.writeInt(minutes);
        out.writeLong(minute);
        out.writeDouble(recent);
        out.writeLong(recentAt);
    }

    static WeeklyPattern read(ZoneId zone, DataInput in) throws IOException {
        WeeklyPattern pattern = new WeeklyPattern(zone);
        Numbers.read(pattern.week, in);
        Numbers.read(pattern.day, in);
        pattern.seen = in.readLong();
        pattern.slot = in.readLong();
        pattern.minutes = in.readInt();
        pattern.minute = in.readLong();
        pattern.recent = in.readDouble();
        pattern.recentAt = in.readLong();
        return pattern;
    }
}
