package dev.lectern;

import dev.lectern.LecternConfiguration.LanguageModelSettings;
import dev.lectern.access.LoopbackHost;
import dev.lectern.llm.LanguageModel;
import dev.lectern.llm.extractive.ExtractiveModel;
import dev.lectern.llm.openai.OpenAiModel;
import io.dropwizard.lifecycle.AutoCloseableManager;
import io.dropwizard.lifecycle.setup.LifecycleEnvironment;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The model that writes answers, and the one that stands in for it.
///
/// @param fallback null where the model itself needs no network
record LanguageModels(LanguageModel model, @Nullable LanguageModel fallback) {

    private static final Logger LOG = LoggerFactory.getLogger(LanguageModels.class);

    static LanguageModels of(LanguageModelSettings settings, LifecycleEnvironment lifecycle) {
        return switch (settings.model()) {
            case EXTRACTIVE -> new LanguageModels(new ExtractiveModel(), null);
            case OPENAI -> {
                warnOfPlainHttp(settings.openai().baseUrl());
                OpenAiModel model = new OpenAiModel(settings.openai());
                lifecycle.manage(new AutoCloseableManager(model));
                yield new LanguageModels(model, new ExtractiveModel());
            }
        };
    }

    /// It is no error: a model in the same private network is often had so.
    private static void warnOfPlainHttp(URI url) {
        if (url.getScheme().equalsIgnoreCase("http") && !LoopbackHost.is(url.getHost())) {
            LOG.warn(
                    "OPENAI_BASE_URL leads to {} by plain HTTP: whoever is on the way reads the key, and what readers ask",
                    url.getHost());
        }
    }
}
