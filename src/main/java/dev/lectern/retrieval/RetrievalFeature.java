package dev.lectern.retrieval;

import io.dropwizard.core.setup.Environment;
import io.dropwizard.lifecycle.AutoCloseableManager;
import java.util.function.Predicate;

/// Search, as part of the application: the retriever, its resource, and the life of the embedding model.
public final class RetrievalFeature {

    private final BookRetriever retriever;

    /// Registers the resource, and has the model loaded in the background once the application has started: before, it
    /// would take the processors from what readers wait for more.
    ///
    /// @param bookExists looks for a book that is not here yet
    public RetrievalFeature(Environment environment, BgeEmbedder embedder, Predicate<String> bookExists) {
        this.retriever = new BookRetriever(
                new RememberedQueries(
                        new QueriesInTurn(embedder, new Turns("embed-query", BgeEmbedder.CORES), BgeEmbedder.PATIENCE)),
                new Turns("search", BgeEmbedder.CORES));
        environment.jersey().register(new SearchResource(retriever, bookExists));
        environment.lifecycle().manage(new AutoCloseableManager(embedder));
        environment.lifecycle().addServerLifecycleListener(_ -> loadInBackground(embedder));
        environment.healthChecks().register("embedding-model", new EmbeddingModelHealthCheck(embedder::failure));
    }

    /// Where the library publishes its books, and what answers questions.
    public BookRetriever retriever() {
        return retriever;
    }

    /// A first query that comes before the model is there waits for it, but not for long.
    private static void loadInBackground(BgeEmbedder embedder) {
        Thread.ofPlatform().daemon().name("load-embedding-model").start(() -> {
            try {
                embedder.load();
            } catch (IllegalStateException e) {
                // The health check and the log tell of it, and the next query tries again.
                return;
            }
        });
    }
}
