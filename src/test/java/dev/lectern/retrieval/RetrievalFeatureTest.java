package dev.lectern.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.health.HealthCheck;
import io.dropwizard.core.setup.Environment;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.util.component.LifeCycle;
import org.junit.jupiter.api.Test;

class RetrievalFeatureTest {

    @Test
    void it_registers_the_resource_and_loads_the_model_in_the_background() throws Exception {
        Environment environment = new Environment("test");
        BgeEmbedder embedder = new BgeEmbedder(null);

        RetrievalFeature feature = new RetrievalFeature(environment, embedder, slug -> true);
        List<LifeCycle> managed = environment.lifecycle().getManagedObjects();
        for (LifeCycle each : managed) {
            each.start();
        }
        embedder.load(); // waits for the background, or takes its place
        feature.retriever().publish(List.of());

        assertThat(environment.jersey().getResourceConfig().getClasses()).contains(SearchResource.class);
        assertThat(feature.retriever().search(new Query("pool", null, null, null, 3)))
                .isEmpty();
        assertThat(environment.healthChecks().runHealthCheck("embedding-model").isHealthy())
                .isTrue();
        for (LifeCycle each : managed) {
            each.stop();
        }
    }

    @Test
    void a_model_that_cannot_be_loaded_is_told_and_words_are_searched() throws Exception {
        Environment environment = new Environment("test");
        BgeEmbedder broken = new BgeEmbedder(
                () -> {
                    throw new IOException("No space left on device");
                },
                System::nanoTime,
                Duration.ofSeconds(1));
        RetrievalFeature feature = new RetrievalFeature(environment, broken, slug -> true);
        feature.retriever().publish(List.of(Texts.bread(1)));

        assertThat(feature.retriever()
                        .search(new Query("bake", null, null, null, 1))
                        .getFirst()
                        .passage()
                        .title())
                .isEqualTo("Oven");

        HealthCheck.Result health = environment.healthChecks().runHealthCheck("embedding-model");
        assertThat(health.isHealthy()).isFalse();
        assertThat(health.getMessage()).contains("words alone");
    }
}
