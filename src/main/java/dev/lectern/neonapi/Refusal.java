package dev.lectern.neonapi;

import dev.lectern.neonapi.NeonApiException.Reason;
import java.net.http.HttpResponse;
import java.time.Duration;

/// An answer that is none, by its status. What else it says is not looked at.
final class Refusal {

    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private Refusal() {}

    static void check(HttpResponse<?> answer) throws NeonApiException {
        int status = answer.statusCode();
        switch (status) {
            case 200 -> {}
            case 401, 403 ->
                throw new NeonApiException(
                        Reason.REFUSED,
                        "Neon's API refuses the key (" + status + "): give another in NEON_API_KEY, which reaches the"
                                + " project of NEON_PROJECT_ID");
            case 404 ->
                throw new NeonApiException(
                        Reason.NOT_FOUND,
                        "Neon's API knows no such project or compute (404): see NEON_PROJECT_ID and NEON_ENDPOINT_ID,"
                                + " and whether NEON_API_KEY reaches the project");
            case 408, 423, 425, 429 -> throw later(answer);
            default -> {
                if (status >= 500) {
                    throw later(answer);
                }
                throw new NeonApiException(
                        Reason.MISCONFIGURED,
                        "Neon's API answered " + status + ": see NEON_API_URL, NEON_PROJECT_ID and NEON_ENDPOINT_ID");
            }
        }
    }

    private static NeonApiException later(HttpResponse<?> answer) {
        return new NeonApiException(
                Reason.UNAVAILABLE,
                answer.statusCode() == 429
                        ? "Neon's API was asked too often (429)"
                        : "Neon's API answered " + answer.statusCode(),
                answer.headers().firstValue("Retry-After").map(Refusal::seconds).orElse(Duration.ZERO));
    }

    /// A number of seconds. The other form, a date, is left to the schedule: Neon documents neither.
    private static Duration seconds(String text) {
        if (!text.matches("\\d{1,9}")) {
            return Duration.ZERO;
        }
        Duration wait = Duration.ofSeconds(Long.parseLong(text));
        return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
    }
}
