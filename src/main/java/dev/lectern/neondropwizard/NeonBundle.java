package dev.lectern.neondropwizard;

import dev.lectern.neon.NeonDatabase;
import dev.lectern.neon.NeonSettings;
import dev.lectern.neon.Preparation;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.ConfiguredBundle;
import io.dropwizard.core.setup.Environment;
import java.time.InstantSource;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// Neon's connection layer as a bundle, for an application whose configuration names the database. Lectern itself
/// composes a [NeonInstallation], since its connection string is known only once it runs; another application writes:
///
/// ```java
/// private final NeonBundle<ShopConfiguration> neon =
///         new NeonBundle<>(configuration -> NeonSettings.of(configuration.databaseUrl()));
///
/// @Override
/// public void initialize(Bootstrap<ShopConfiguration> bootstrap) {
///     bootstrap.addBundle(neon);
/// }
///
/// @Override
/// public void run(ShopConfiguration configuration, Environment environment) {
///     environment.jersey().register(new OrderResource(neon.database(), neon.jdbi()));
/// }
/// ```
///
/// @param <C> the application's configuration
public final class NeonBundle<C extends Configuration> implements ConfiguredBundle<C> {

    private final Function<C, NeonSettings> settings;
    private final Function<C, Preparation> preparation;

    @Nullable
    private NeonInstallation installation;

    /// A bundle without a preparation.
    public NeonBundle(Function<C, NeonSettings> settings) {
        this(settings, configuration -> Preparation.NONE);
    }

    /// A bundle with a preparation, such as migrations.
    public NeonBundle(Function<C, NeonSettings> settings, Function<C, Preparation> preparation) {
        this.settings = settings;
        this.preparation = preparation;
    }

    @Override
    public void run(C configuration, Environment environment) {
        installation = NeonInstallation.in(
                environment, settings.apply(configuration), preparation.apply(configuration), InstantSource.system());
    }

    /// The way to the database, once the bundle has run.
    public NeonDatabase database() {
        return installed().database();
    }

    /// JDBI over it, of use inside of work only.
    public Jdbi jdbi() {
        return installed().jdbi();
    }

    private NeonInstallation installed() {
        if (installation == null) {
            throw new IllegalStateException("the bundle has not run yet");
        }
        return installation;
    }
}
