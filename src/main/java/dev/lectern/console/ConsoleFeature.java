package dev.lectern.console;

import ch.qos.logback.classic.LoggerContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lectern.console.Entry.Actor;
import dev.lectern.console.Entry.Kind;
import dev.lectern.console.Entry.Level;
import dev.lectern.console.action.Action;
import dev.lectern.console.action.Actions;
import dev.lectern.neon.monitor.NeonListener;
import dev.lectern.neon.monitor.Timeline;
import io.dropwizard.core.setup.AdminEnvironment;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.lifecycle.Managed;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;
import org.eclipse.jetty.util.component.LifeCycle;
import org.slf4j.LoggerFactory;

/// The admin console: its page, its JSON, its events and its actions, on the admin port.
public final class ConsoleFeature {

    private final InstantSource clock;
    private final EventLog log;
    private final ConnectionEvents events;
    private final Timeline timeline;

    public ConsoleFeature(InstantSource clock) {
        this.clock = clock;
        this.log = new EventLog(clock);
        this.events = new ConnectionEvents(log, clock);
        this.timeline = new Timeline(clock);
    }

    /// What listens to the connection layer.
    public NeonListener listener() {
        return NeonListener.all(events, timeline);
    }

    /// Puts it into an application.
    public void register(Environment environment, Watched watched) {
        ObjectMapper json = environment.getObjectMapper();
        LoggerContext loggers = (LoggerContext) LoggerFactory.getILoggerFactory();
        LogTail tail = new LogTail();
        SnapshotPanel.Started started = new SnapshotPanel.Started(version(), clock.instant());
        Observation observation = new Observation(watched, events, timeline, clock);
        Panels panels = new Panels(watched, observation, timeline, started, clock);
        WarmupWatch warmth = new WarmupWatch(log, observation::warmth);
        Broadcast broadcast = new Broadcast(
                log,
                json,
                () -> {
                    events.tick();
                    warmth.tick();
                    timeline.tick(clock.instant(), watched.neon().snapshot());
                },
                panels.everySecond());
        Replies replies = new Replies(json);
        AdminEnvironment admin = environment.admin();
        add(admin, "console-page", new PageServlet(replies), "", "/console/*");
        add(admin, "console", new ConsoleServlet(panels.all(json, log, tail), replies), "/api/*");
        admin.addFilter("log-level-task", new LogLevelTaskFilter(replies))
                .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, LogLevelTaskFilter.PATH);
        add(admin, "console-events", new EventsServlet(log, broadcast, replies), "/api/events");
        ScheduledExecutorService scheduler = environment
                .lifecycle()
                .scheduledExecutorService("console-reversions")
                .threads(1)
                .removeOnCancelPolicy(true)
                .build();
        Map<String, Action> actions = Actions.of(
                new Actions.Tools(
                        watched.neon(),
                        watched.database(),
                        watched.settings().applicationName(),
                        watched.monitor(),
                        watched.task(),
                        loggers,
                        clock),
                scheduler,
                what -> log.write(Kind.ACTION, Level.INFO, Actor.LECTERN, what));
        add(admin, "console-actions", new ActionsServlet(actions, log, replies, json), "/api/actions/*");
        environment.lifecycle().manage(new Pulse(broadcast, tail, loggers));
        environment.lifecycle().addEventListener(new LifeCycle.Listener() {
            @Override
            public void lifeCycleStarted(LifeCycle server) {
                log.write(Kind.PROCESS, Level.INFO, Actor.LECTERN, "Lectern " + started.version() + " serves");
            }

            @Override
            public void lifeCycleStopping(LifeCycle server) {
                broadcast.close(); // or the server would wait for streams that have no end
            }
        });
    }

    private static void add(AdminEnvironment admin, String name, HttpServlet servlet, String... paths) {
        admin.addServlet(name, servlet).addMapping(paths);
    }

    private static String version() {
        return Objects.requireNonNullElse(ConsoleFeature.class.getPackage().getImplementationVersion(), "unpacked");
    }

    /// The console's thread, from start to stop. Of the platform: it goes on when all carriers of virtual threads are
    /// busy.
    private record Pulse(Broadcast broadcast, LogTail tail, LoggerContext loggers) implements Managed {

        @Override
        public void start() {
            tail.attach(loggers);
            Thread.ofPlatform().daemon().name("console").start(broadcast);
        }

        @Override
        public void stop() {
            broadcast.close();
            tail.detach(loggers);
        }
    }
}
