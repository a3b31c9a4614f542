package dev.lectern.cli.probe;

import dev.lectern.neon.NeonUrl;
import dev.lectern.neon.failure.DatabaseFailure.Down;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;

/// The step that looks at a connection's encryption.
///
/// @param timeout for each answer of the server
record Secrecy(NeonUrl url, Failing failing, Duration timeout, InstantSource clock) {

    private static final String NAME = "tls";
    private static final Duration NOTICE = Duration.ofDays(14);
    private static final String NEXT = "Add sslmode=require to the connection string, or better verify-full.";

    Step look(InetSocketAddress server) {
        String mode = url.parameters().getOrDefault("sslmode", url.neon() ? "require" : "prefer");
        boolean near = server.getAddress().isLoopbackAddress();
        if (mode.equals("disable") || mode.equals("allow")) {
            return plain("the connection is not encrypted (sslmode=" + mode + ")", near);
        }
        boolean direct = "direct".equals(url.parameters().getOrDefault("sslNegotiation", url.neon() ? "direct" : ""));
        try {
            Handshake handshake = Handshake.with(server, url.host(), direct, timeout);
            if (handshake.protocol() != null) {
                return encrypted(handshake.protocol(), handshake, mode);
            }
            return mode.equals("prefer")
                    ? plain(
                            "the connection is not encrypted: the server does not, and sslmode=prefer puts up with it",
                            near)
                    : failed(
                            Down.Reason.CONFIGURATION,
                            "the server does not encrypt, and sslmode=" + mode + " demands it");
        } catch (IOException e) {
            return failed(Down.Reason.UNREACHABLE, "the server did not shake hands: " + failing.words(e));
        }
    }

    private static Step plain(String seen, boolean near) {
        Map<String, Object> figures = Map.of("encrypted", false);
        return near
                ? Step.ok(NAME, seen + "; it stays on this machine", figures)
                : Step.warning(NAME, seen, figures, Remark.warning(seen, NEXT));
    }

    private Step encrypted(String protocol, Handshake handshake, String mode) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("encrypted", true);
        figures.put("protocol", protocol);
        X509Certificate certificate = handshake.certificate();
        if (certificate == null) {
            return Step.ok(NAME, protocol, figures);
        }
        Instant end = certificate.getNotAfter().toInstant();
        boolean verified = mode.startsWith("verify");
        figures.put("certificate_until", end.toString());
        figures.put("certificate_verified", verified);
        String seen = protocol + ", certificate until "
                + end.atOffset(ZoneOffset.UTC).toLocalDate()
                + (verified ? ", verified (" : ", not verified (") + "sslmode=" + mode + ")";
        if (clock.instant().plus(NOTICE).isBefore(end)) {
            return Step.ok(NAME, seen, figures);
        }
        return Step.warning(
                NAME,
                seen,
                figures,
                Remark.warning(
                        "the server's certificate ends soon or has ended", "Have the server's certificate renewed."));
    }

    private static Step failed(Down.Reason reason, String seen) {
        Down failure = new Down(reason);
        return Step.failed(
                NAME,
                seen,
                new Remark(Level.DOWN, failure.slug(), failure.message() + ": " + seen, Advice.next(failure)));
    }
}
