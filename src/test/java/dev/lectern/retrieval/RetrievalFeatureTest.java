package dev.lectern.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import io.dropwizard.core.setup.Environment;
import java.util.List;
import org.eclipse.jetty.util.component.LifeCycle;
import org.junit.jupiter.api.Test;

class RetrievalFeatureTest {

    @Test
    void it_registers_the_resource_and_loads_the_model_in_the_background() throws Exception {
        Environment environment = new Environment("test");
        BgeEmbedder embedder = new BgeEmbedder(null);

        RetrievalFeature feature = new RetrievalFeature(environment, embedder);
        List<LifeCycle> managed = environment.lifecycle().getManagedObjects();
        for (LifeCycle each : managed) {
            each.start();
        }
        embedder.load(); // waits for the background, or takes its place
        feature.retriever().publish(List.of());

        assertThat(environment.jersey().getResourceConfig().getClasses()).contains(SearchResource.class);
        assertThat(feature.retriever().search(new Query("pool", null, null, null, 3)))
                .isEmpty();
        for (LifeCycle each : managed) {
            each.stop();
        }
    }
}
