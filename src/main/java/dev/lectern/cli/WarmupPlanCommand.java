package dev.lectern.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import dev.lectern.neon.warmup.Outcome;
import dev.lectern.neon.warmup.WarmupTerms;
import dev.lectern.neon.warmup.WeeklyHours;
import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.cli.Command;
import io.dropwizard.core.setup.Bootstrap;
import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.MutuallyExclusiveGroup;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import org.jspecify.annotations.Nullable;

/// `warmup-plan`: replays arrivals under every warm-up policy, and shows what each would have avoided and cost.
public final class WarmupPlanCommand extends Command {

    private static final int USAGE = 64;
    private static final int FAILED = 1;
    private static final Pattern PERCENT = Pattern.compile("(\\d{1,2})%");

    private final PrintStream out;
    private final PrintStream err;
    private final Function<String, long[]> database;
    private final ObjectMapper json;

    /// @param database reads the arrivals that the database of a configuration file holds
    public WarmupPlanCommand(PrintStream out, PrintStream err, ObjectMapper json, Function<String, long[]> database) {
        super("warmup-plan", "replays arrivals under every warm-up policy");
        this.out = out;
        this.err = err;
        this.database = database;
        this.json = json.copy().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);
    }

    @Override
    public void configure(Subparser parser) {
        MutuallyExclusiveGroup source = parser.addMutuallyExclusiveGroup().required(true);
        source.addArgument("--trace").metavar("FILE").help("arrivals: one ISO time a line, or a CSV with --column");
        source.addArgument("--from-database")
                .dest("from_database")
                .action(Arguments.storeTrue())
                .help("arrivals: the questions that the database of the configuration holds");
        parser.addArgument("--config")
                .setDefault(System.getProperty("lectern.config", "config.yml"))
                .help("the configuration file, with --from-database");
        parser.addArgument("--column").metavar("NAME").help("the CSV's column of the times");
        parser.addArgument("--cu").setDefault("0.25").help("the size of the compute");
        parser.addArgument("--price").setDefault("0.106").help("of a CU-hour, in USD");
        parser.addArgument("--suspend").setDefault("5m").help("after how long the compute is suspended");
        parser.addArgument("--wake").setDefault("700ms").help("how long a cold request waits");
        parser.addArgument("--budget").help("what warm-up may add in a month: CU-hours, or USD as in 2usd");
        parser.addArgument("--hours")
                .setDefault("Mon-Fri 08:00-18:00")
                .help("the windows of the policy hours, such as \"Mon-Fri 08:00-18:00 Asia/Karachi\"");
        parser.addArgument("--keep-for").dest("keep_for").setDefault("30m").help("of the policy traffic");
        parser.addArgument("--zone").setDefault("UTC").help("whose hours of the week are learned");
        parser.addArgument("--learn-until")
                .dest("learn_until")
                .metavar("70%|DATE")
                .help("learn from what came before, and judge the rest; else everything is judged");
        parser.addArgument("--json").action(Arguments.storeTrue()).help("print one JSON document");
        parser.addArgument("--svg").metavar("FILE").help("draw cold requests against CU-hours");
        parser.epilog("Example: bin/lectern warmup-plan --trace arrivals.txt --budget 20 --learn-until 70%");
    }

    @Override
    public void run(@Nullable Bootstrap<?> bootstrap, Namespace arguments) throws IOException {
        WarmupPlan.Question question = question(arguments);
        long[] arrivals = arguments.getBoolean("from_database")
                ? stored(arguments.getString("config"))
                : arrivals(Path.of(arguments.getString("trace")), arguments.getString("column"));
        Instant from = judgedFrom(arguments.getString("learn_until"), question.zone(), arrivals);
        WarmupPlan plan = WarmupPlan.of(question, arrivals, from, this::progress);
        String picture = arguments.getString("svg");
        if (picture != null) {
            Files.writeString(Path.of(picture), TradeOff.svg(plan));
        }
        if (arguments.getBoolean("json")) {
            out.println(json.writerWithDefaultPrettyPrinter().writeValueAsString(plan));
        } else {
            print(plan);
        }
    }

    private static WarmupPlan.Question question(Namespace arguments) {
        Duration suspend = duration("--suspend", arguments);
        double cu = number("--cu", arguments.getString("cu"));
        double price = number("--price", arguments.getString("price"));
        String budget = arguments.getString("budget");
        return usage(null, () -> {
            WarmupTerms terms = new WarmupTerms(
                    suspend,
                    WarmupTerms.DEFAULT.margin(),
                    cu,
                    price,
                    WarmupTerms.DEFAULT.coldWorth(),
                    budget == null ? OptionalDouble.empty() : OptionalDouble.of(budget(budget, price)));
            return new WarmupPlan.Question(
                    terms,
                    duration("--wake", arguments),
                    WeeklyHours.parse(arguments.getString("hours")),
                    duration("--keep-for", arguments),
                    ZoneId.of(arguments.getString("zone")));
        });
    }

    private static double budget(String text, double price) {
        return usage("--budget", () -> WarmupTerms.cuHours(text, price));
    }

    private static <T> T usage(@Nullable String prefix, Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new CommandFailedException(USAGE, (prefix == null ? "" : prefix + ": ") + e.getMessage(), e);
        }
    }

    private static double number(String option, String text) {
        if (!text.matches("\\d{1,9}(\\.\\d{1,9})?")) {
            throw new CommandFailedException(USAGE, option + " is a number, not \"" + text + "\"");
        }
        return Double.parseDouble(text);
    }

    private static Duration duration(String option, Namespace arguments) {
        return DurationOption.read(
                option, arguments.getString(option.substring(2).replace('-', '_')));
    }

    private long[] stored(String configuration) {
        long[] arrivals = database.apply(configuration);
        if (arrivals.length == 0) {
            throw new CommandFailedException(FAILED, "The database holds no questions yet");
        }
        return arrivals;
    }

    private static long[] arrivals(Path file, @Nullable String column) throws IOException {
        try {
            return new ArrivalTrace(file, column).read();
        } catch (NoSuchFileException e) {
            throw new CommandFailedException(USAGE, "There is no file " + e.getFile(), e);
        }
    }

    private static Instant judgedFrom(@Nullable String text, ZoneId zone, long[] arrivals) {
        if (text == null) {
            return Instant.ofEpochMilli(arrivals[0]);
        }
        Matcher percent = PERCENT.matcher(text);
        long first = arrivals[0];
        long last = arrivals[arrivals.length - 1];
        Instant from = percent.matches()
                ? Instant.ofEpochMilli(first + (last - first) * Long.parseLong(percent.group(1)) / 100)
                : usage(
                        "--learn-until",
                        () -> LocalDate.parse(text).atStartOfDay(zone).toInstant());
        if (from.toEpochMilli() > last) {
            throw new CommandFailedException(USAGE, "--learn-until " + text + " is after the last arrival");
        }
        return from;
    }

    private void progress(int percent) {
        if (Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent()) {
            err.print(percent < 100 ? "\rreplaying " + percent + " % " : "\r" + " ".repeat(20) + "\r");
            err.flush();
        }
    }

    @Override
    public void onError(Cli cli, @Nullable Namespace namespace, Throwable failure) {
        cli.getStdErr().println(failure instanceof CommandFailedException ? failure.getMessage() : failure.toString());
    }

    private void print(WarmupPlan plan) {
        out.printf(
                Locale.ROOT,
                "%,d arrivals judged, from %s to %s (%.1f months)%n%n",
                plan.policies().getFirst().requests(),
                day(plan.from()),
                day(plan.until()),
                plan.months());
        out.printf(
                Locale.ROOT,
                "%-18s %9s %7s %9s %11s %9s %9s%n",
                "",
                "cold",
                "",
                "p95 wait",
                "CU-h/month",
                "added",
                "USD/month");
        for (Outcome each : plan.policies()) {
            out.printf(
                    Locale.ROOT,
                    "%-18s %,9d %5.1f %% %6d ms %11.2f %+9.2f %9.2f%n",
                    each.name(),
                    each.cold(),
                    100 * each.coldRate(),
                    each.p95Wait().toMillis(),
                    each.cuHours() / plan.months(),
                    each.addedCuHours() / plan.months(),
                    each.money() / plan.months());
        }
        for (Outcome each : plan.policies()) {
            if (each.monthsSpent() > 0) {
                out.printf(
                        "%s: the budget was spent before the end of %d months; then there was no warm-up%n",
                        each.name(), each.monthsSpent());
            }
        }
    }

    private static LocalDate day(Instant at) {
        return at.atOffset(ZoneOffset.UTC).toLocalDate();
    }
}
