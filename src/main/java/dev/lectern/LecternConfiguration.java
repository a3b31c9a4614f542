package dev.lectern;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.lectern.embedded.gateway.GatewaySettings;
import dev.lectern.limits.LimitSettings;
import dev.lectern.llm.openai.OpenAiSettings;
import dev.lectern.neondropwizard.NeonApiConfiguration;
import dev.lectern.neondropwizard.NeonConfiguration;
import dev.lectern.neondropwizard.WarmupConfiguration;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.server.DefaultServerFactory;
import io.dropwizard.validation.ValidationMethod;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;

/// What `config.yml` says, which explains each value.
public final class LecternConfiguration extends Configuration {

    @NotNull
    private Path home = Path.of(".lectern");

    @Valid
    @NotNull
    private NeonConfiguration database = NeonConfiguration.unnamed();

    @Valid
    @NotNull
    private WarmupConfiguration warmup = WarmupConfiguration.DEFAULT;

    @Valid
    @NotNull
    private NeonApiConfiguration neonApi = NeonApiConfiguration.NONE;

    @Valid
    @NotNull
    private EmbeddedSettings embedded = EmbeddedSettings.DEFAULT;

    @Valid
    @NotNull
    private AccessSettings access = AccessSettings.DEFAULT;

    @Valid
    @NotNull
    private LanguageModelSettings llm = LanguageModelSettings.DEFAULT;

    @Valid
    @NotNull
    private PrivacySettings privacy = new PrivacySettings(null);

    @Valid
    @NotNull
    private ConnectionSettings connections = ConnectionSettings.DEFAULT;

    @Valid
    @NotNull
    private LimitSettings limits = LimitSettings.DEFAULT;

    @NotNull
    private TlsSettings tls = new TlsSettings("", "");

    /// With a keystore, both ports speak TLS.
    ///
    /// @param keyStore a file; empty for none
    public record TlsSettings(String keyStore, String keyStorePassword) {

        public TlsSettings {
            keyStore = keyStore == null ? "" : keyStore;
            keyStorePassword = keyStorePassword == null ? "" : keyStorePassword;
        }

        /// Without the secret.
        @Override
        public String toString() {
            return "TlsSettings[keyStore=" + keyStore + "]";
        }
    }

    /// What clients may take of the server by connecting to it.
    ///
    /// @param maximum how many connections readers may have in all
    /// @param adminMaximum how many there may be at the admin port
    /// @param headTimeout within which a request's first line and headers must come
    /// @param writeTimeout within which a client must take in a part of an answer, some 32 kB
    public record ConnectionSettings(
            @NotNull @Min(1) Integer maximum,
            @NotNull @Min(1) Integer adminMaximum,
            @NotNull @DurationMin(millis = 100) Duration headTimeout,
            @NotNull @DurationMin(millis = 100) Duration writeTimeout) {

        private static final ConnectionSettings DEFAULT =
                new ConnectionSettings(10_000, 256, Duration.ofSeconds(15), Duration.ofSeconds(60));

        public ConnectionSettings {
            maximum = maximum == null ? DEFAULT.maximum() : maximum;
            adminMaximum = adminMaximum == null ? DEFAULT.adminMaximum() : adminMaximum;
            headTimeout = headTimeout == null ? DEFAULT.headTimeout() : headTimeout;
            writeTimeout = writeTimeout == null ? DEFAULT.writeTimeout() : writeTimeout;
        }
    }

    /// What is kept of readers, and for how long.
    ///
    /// @param keepConversations for how long a conversation is kept that nobody touches; for ever where null
    public record PrivacySettings(
            @DurationMin(hours = 1) @Nullable Duration keepConversations) {}

    /// Only where no connection string is given.
    ///
    /// @param port 0 for any free one
    /// @param suspendAfter after how long without activity the database is suspended; zero for never
    /// @param wakeDelay how long a wake takes at least
    /// @param roundTripDelay by how much each round trip is delayed
    /// @param computeUnits the compute's size, which says how many connections it takes
    public record EmbeddedSettings(
            @Min(0) @Max(65_535) int port,
            @NotNull @DurationMin(nanos = 0) Duration suspendAfter,

            @NotNull @DurationMin(nanos = 0) @DurationMax(minutes = 10)
            Duration wakeDelay,

            @NotNull @DurationMin(nanos = 0) @DurationMax(minutes = 1)
            Duration roundTripDelay,

            @NotNull @DecimalMin("0.25") @DecimalMax("56") Double computeUnits) {

        private static final EmbeddedSettings DEFAULT = new EmbeddedSettings(
                0,
                GatewaySettings.DEFAULT.suspendAfter(),
                GatewaySettings.DEFAULT.wakeDelay(),
                GatewaySettings.DEFAULT.roundTripDelay(),
                GatewaySettings.DEFAULT.computeUnits());

        public EmbeddedSettings {
            suspendAfter = suspendAfter == null ? GatewaySettings.DEFAULT.suspendAfter() : suspendAfter;
            wakeDelay = wakeDelay == null ? GatewaySettings.DEFAULT.wakeDelay() : wakeDelay;
            roundTripDelay = roundTripDelay == null ? GatewaySettings.DEFAULT.roundTripDelay() : roundTripDelay;
            computeUnits = computeUnits == null ? GatewaySettings.DEFAULT.computeUnits() : computeUnits;
        }

        /// How the embedded database behaves.
        GatewaySettings gateway() {
            return new GatewaySettings(suspendAfter, wakeDelay, roundTripDelay, computeUnits);
        }
    }

    /// Which language model writes the answers.
    public record LanguageModelSettings(
            @NotNull Model model, @Valid @NotNull OpenAiSettings openai) {

        /// The kinds there are.
        public enum Model {
            @JsonProperty("extractive")
            EXTRACTIVE,
            @JsonProperty("openai")
            OPENAI
        }

        private static final LanguageModelSettings DEFAULT = new LanguageModelSettings(
                Model.EXTRACTIVE, OpenAiSettings.of(URI.create("https://api.openai.com/v1"), null, "gpt-4o-mini"));

        public LanguageModelSettings {
            model = model == null ? DEFAULT.model() : model;
            openai = openai == null ? DEFAULT.openai() : openai;
        }
    }

    /// What guards the operators' port knows of no port for readers and operators together, and would leave it open.
    @JsonIgnore
    @ValidationMethod(message = "server.type must be default, which has a port for readers and one for operators")
    public boolean isServerOfTwoPorts() {
        return getServerFactory() instanceof DefaultServerFactory;
    }

    @JsonProperty
    public LimitSettings getLimits() {
        return limits;
    }

    @JsonProperty
    public void setLimits(LimitSettings limits) {
        this.limits = limits;
    }

    @JsonProperty
    public Path getHome() {
        return home;
    }

    @JsonProperty
    public void setHome(Path home) {
        this.home = home;
    }

    @JsonProperty
    public NeonConfiguration getDatabase() {
        return database;
    }

    @JsonProperty
    public void setDatabase(NeonConfiguration database) {
        this.database = database;
    }

    @JsonProperty
    public WarmupConfiguration getWarmup() {
        return warmup;
    }

    @JsonProperty
    public void setWarmup(WarmupConfiguration warmup) {
        this.warmup = warmup;
    }

    @JsonProperty
    public NeonApiConfiguration getNeonApi() {
        return neonApi;
    }

    @JsonProperty
    public void setNeonApi(NeonApiConfiguration neonApi) {
        this.neonApi = neonApi;
    }

    @JsonProperty
    public EmbeddedSettings getEmbedded() {
        return embedded;
    }

    @JsonProperty
    public void setEmbedded(EmbeddedSettings embedded) {
        this.embedded = embedded;
    }

    @JsonProperty
    public AccessSettings getAccess() {
        return access;
    }

    @JsonProperty
    public void setAccess(AccessSettings access) {
        this.access = access;
    }

    @JsonProperty
    public TlsSettings getTls() {
        return tls;
    }

    @JsonProperty
    public void setTls(TlsSettings tls) {
        this.tls = tls;
    }

    @JsonProperty
    public ConnectionSettings getConnections() {
        return connections;
    }

    @JsonProperty
    public void setConnections(ConnectionSettings connections) {
        this.connections = connections;
    }

    @JsonProperty
    public PrivacySettings getPrivacy() {
        return privacy;
    }

    @JsonProperty
    public void setPrivacy(PrivacySettings privacy) {
        this.privacy = privacy;
    }

    @JsonProperty
    public LanguageModelSettings getLlm() {
        return llm;
    }

    @JsonProperty
    public void setLlm(LanguageModelSettings llm) {
        this.llm = llm;
    }
}
