package dev.lectern.access;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Where API keys are kept. Asking it is work on the database.
interface ApiKeyStore {

    /// All keys, the revoked and expired ones, too.
    List<ApiKey> keys();

    /// Notes when keys were last used.
    void used(Map<String, Instant> lastUses);
}
