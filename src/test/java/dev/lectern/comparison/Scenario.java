package dev.lectern.comparison;

import dev.lectern.embedded.gateway.Gateway;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Something that happens to 200 callers.
enum Scenario {
    SUSPEND("the compute is suspended, and wakes within 700 ms") {
        @Override
        void fault(Gateway gateway, Callers callers) {
            gateway.compute().suspend();
        }
    },
    OUTAGE("the compute is away for 5 s") {
        @Override
        void fault(Gateway gateway, Callers callers) throws InterruptedException {
            gateway.compute().stopFor(LENGTH);
            Thread.sleep(LENGTH);
        }
    },
    SLOTS("another program holds all but 6 of the 97 connections, when the pool is still empty, for 5 s") {
        @Override
        List<Connection> before(String url) throws SQLException {
            List<Connection> others = new ArrayList<>();
            for (int i = 0; i < 91; i++) {
                others.add(DriverManager.getConnection(url + "&ApplicationName=etl"));
            }
            return others;
        }

        @Override
        void fault(Gateway gateway, Callers callers) throws InterruptedException {
            Thread.sleep(LENGTH);
        }
    },
    FLOOD("five times as many callers for 5 s") {
        @Override
        void fault(Gateway gateway, Callers callers) throws InterruptedException {
            Callers.Group flood = callers.come(4 * CALLERS);
            Thread.sleep(LENGTH);
            flood.go();
        }
    };

    static final int CALLERS = 200;
    static final Duration THINK_TIME = Duration.ofMillis(100);
    static final Duration BEFORE = Duration.ofSeconds(3);
    static final Duration AFTER = Duration.ofSeconds(8);
    static final Duration LENGTH = Duration.ofSeconds(5);

    private final String text;

    Scenario(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    /// What is so before the callers come.
    ///
    /// @return the connections that others hold while the fault lasts
    List<Connection> before(String url) throws SQLException {
        return List.of();
    }

    /// Returns when the fault is over, but for the connections of others.
    abstract void fault(Gateway gateway, Callers callers) throws Exception;
}
