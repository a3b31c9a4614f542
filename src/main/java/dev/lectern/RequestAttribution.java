package dev.lectern;

import dev.lectern.embedded.gateway.Gateway;
import dev.lectern.neon.admission.Criticality;
import dev.lectern.neon.monitor.NeonListener;
import org.slf4j.MDC;

/// Tells the gateway for which request a connection works, so that it can count round trips by request.
record RequestAttribution(Gateway gateway) implements NeonListener {

    @Override
    public void workStarted(Criticality criticality, int backendPid) {
        gateway.attribute(backendPid, MDC.get("request_id"));
    }
}
