package dev.lectern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;

/// What the configuration says of TLS: with a keystore, both ports speak it.
///
/// @param keyStore a file of the type PKCS12 or JKS
/// @param password of the keystore
record Encryption(String keyStore, String password) {

    static Encryption of(JsonNode configuration) {
        JsonNode tls = configuration.path("tls");
        return new Encryption(
                tls.path("keyStore").asText("").strip(),
                tls.path("keyStorePassword").asText(""));
    }

    boolean isWanted() {
        return !keyStore.isEmpty();
    }

    /// Why the keystore cannot be used; empty where it can.
    String flaw() {
        File file = new File(keyStore);
        if (!file.isFile()) {
            return "LECTERN_TLS_KEYSTORE: there is no file " + keyStore;
        }
        try {
            KeyStore store = KeyStore.getInstance(file, password.toCharArray());
            return store.size() > 0 ? "" : "LECTERN_TLS_KEYSTORE: there is nothing in " + keyStore;
        } catch (GeneralSecurityException | IOException e) {
            return "LECTERN_TLS_KEYSTORE: " + keyStore
                    + " is no keystore (PKCS12 or JKS), or LECTERN_TLS_KEYSTORE_PASSWORD is not its password";
        }
    }

    /// Makes HTTPS of every connector of plain HTTP.
    void applyTo(JsonNode configuration) {
        for (String connectors : List.of("applicationConnectors", "adminConnectors")) {
            for (JsonNode each : configuration.path("server").path(connectors)) {
                if (each instanceof ObjectNode connector
                        && connector.path("type").asText("http").equals("http")) {
                    connector.put("type", "https");
                    connector.put("keyStorePath", keyStore);
                    connector.put("keyStorePassword", password);
                    // One certificate for whatever name the server is reached by: probes use its address.
                    connector.put("disableSniHostCheck", true);
                }
            }
        }
    }
}
