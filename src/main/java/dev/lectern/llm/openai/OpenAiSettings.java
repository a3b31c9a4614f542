package dev.lectern.llm.openai;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Where the language model is and how long it may take.
///
/// Times and the URL fall back to their defaults where they are absent; a blank key counts as none.
///
/// @param baseUrl what `/chat/completions` is appended to, such as `https://api.openai.com/v1`
/// @param apiKey the bearer token, where the server wants one
/// @param model the model's name as the server knows it
/// @param connectTimeout how long a connection may take
/// @param firstTokenTimeout how long, from the start, the first piece of text may take
/// @param totalTimeout how long, from the start, the whole answer may take
/// @param temperature the sampling temperature; absent, the server's default, since some models admit no other
/// @param maxAnswerTokens the longest answer; absent, the server's default
public record OpenAiSettings(
        @NotNull URI baseUrl,
        @Nullable String apiKey,
        @NotBlank String model,
        @NotNull Duration connectTimeout,
        @NotNull Duration firstTokenTimeout,
        @NotNull Duration totalTimeout,
        @Nullable @DecimalMin("0") @DecimalMax("2") Double temperature,
        @Nullable @Positive Integer maxAnswerTokens) {

    private static final URI OPENAI = URI.create("https://api.openai.com/v1");

    public OpenAiSettings {
        baseUrl = baseUrl == null || baseUrl.toString().isBlank() ? OPENAI : baseUrl;
        apiKey = apiKey == null || apiKey.isBlank() ? null : apiKey.strip();
        connectTimeout = connectTimeout == null ? Duration.ofSeconds(3) : connectTimeout;
        firstTokenTimeout = firstTokenTimeout == null ? Duration.ofSeconds(30) : firstTokenTimeout;
        totalTimeout = totalTimeout == null ? Duration.ofMinutes(2) : totalTimeout;
        String scheme = baseUrl.getScheme() == null ? "" : baseUrl.getScheme().toLowerCase(Locale.ROOT);
        require(scheme.equals("http") || scheme.equals("https"), "baseUrl must begin with http:// or https://");
        require(baseUrl.getHost() != null, "baseUrl names no host");
        require(baseUrl.getUserInfo() == null, "baseUrl must hold no password; there is apiKey for that");
        require(connectTimeout.isPositive(), "connectTimeout must be positive");
        require(firstTokenTimeout.isPositive(), "firstTokenTimeout must be positive");
        require(totalTimeout.compareTo(firstTokenTimeout) >= 0, "totalTimeout must not be below firstTokenTimeout");
        // The HTTP client's own complaint would print the key.
        require(
                apiKey == null || apiKey.chars().allMatch(c -> c > ' ' && c < 127),
                "apiKey holds a character that no header admits");
    }

    /// Settings with every default.
    public static OpenAiSettings of(URI baseUrl, @Nullable String apiKey, String model) {
        return new OpenAiSettings(
                baseUrl,
                apiKey,
                model,
                Duration.ofSeconds(3),
                Duration.ofSeconds(30),
                Duration.ofMinutes(2),
                null,
                null);
    }

    /// The same with other times.
    public OpenAiSettings withTimeouts(Duration connect, Duration firstToken, Duration total) {
        return new OpenAiSettings(baseUrl, apiKey, model, connect, firstToken, total, temperature, maxAnswerTokens);
    }

    @Override
    public String toString() {
        return "OpenAiSettings[baseUrl=" + baseUrl + ", apiKey=" + (apiKey == null ? "none" : "***") + ", model="
                + model + ", connectTimeout=" + connectTimeout + ", firstTokenTimeout=" + firstTokenTimeout
                + ", totalTimeout=" + totalTimeout + ", temperature=" + temperature + ", maxAnswerTokens="
                + maxAnswerTokens + "]";
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
