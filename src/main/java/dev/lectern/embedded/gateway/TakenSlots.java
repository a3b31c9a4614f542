package dev.lectern.embedded.gateway;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Connections to the server that are somebody else's.
final class TakenSlots {

    private static final Logger LOG = LoggerFactory.getLogger(TakenSlots.class);

    private final Compute compute;
    private final List<Connection> taken = new ArrayList<>();

    TakenSlots(Compute compute) {
        this.compute = compute;
    }

    /// Takes so many, or as many as there are.
    synchronized void take(int connections) {
        try {
            String url = compute.awake().ownerUrl() + "&ApplicationName=etl&assumeMinServerVersion=12";
            for (int i = 0; i < connections; i++) {
                taken.add(DriverManager.getConnection(url));
            }
        } catch (SQLException e) {
            LOG.info("No more than {} connections could be taken: {}", taken.size(), e.getMessage());
        } catch (LoginRefusedException e) {
            LOG.info("The compute has no connections now: {}", e.text());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    synchronized void giveBack() {
        for (Connection connection : taken) {
            try {
                connection.close();
            } catch (SQLException e) {
                LOG.debug("It had gone with the server", e);
            }
        }
        taken.clear();
    }
}
