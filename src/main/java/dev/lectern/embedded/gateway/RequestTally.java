package dev.lectern.embedded.gateway;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;

/// Round trips by the id of the request that they were made for. Of the oldest requests nothing is known.
final class RequestTally {

    private static final int REMEMBERED = 1_000;

    private final Map<String, LongAdder> byRequest = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, LongAdder> eldest) {
            return size() > REMEMBERED;
        }
    };

    /// What counts for a request.
    synchronized LongAdder of(String requestId) {
        return byRequest.computeIfAbsent(requestId, id -> new LongAdder());
    }

    /// The round trips of a request; empty where none is known by this id.
    synchronized OptionalLong roundTrips(String requestId) {
        LongAdder counted = byRequest.get(requestId);
        return counted == null ? OptionalLong.empty() : OptionalLong.of(counted.sum());
    }

    synchronized void reset() {
        byRequest.clear();
    }
}
