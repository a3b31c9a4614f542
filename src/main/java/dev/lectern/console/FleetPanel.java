package dev.lectern.console;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.lectern.neon.NeonSettings.Budget;
import dev.lectern.neon.monitor.NeonSnapshot;
import dev.lectern.neon.monitor.ServerSlots;
import dev.lectern.neon.monitor.SlotHolder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the server's connections are shared, and who else had some when they were last counted.
record FleetPanel(Watched watched) {

    /// @param share what this process may have
    @JsonNaming(SnakeCaseStrategy.class)
    record Shown(
            int replicas,
            @Nullable Integer serverLimit,
            @Nullable Integer reserved,
            int headRoom,
            int share,
            List<SlotHolder> others) {}

    Shown shown() {
        NeonSnapshot now = watched.neon().snapshot();
        Budget budget = watched.settings().budget();
        ServerSlots server = now.server();
        String own = watched.settings().applicationName();
        return new Shown(
                budget.replicas(),
                server == null ? null : server.maximum() - server.reserved(),
                server == null ? null : server.reserved(),
                budget.headRoom(),
                now.maximum(),
                now.holders().stream()
                        .filter(holder -> !holder.application().equals(own))
                        .toList());
    }
}
