package dev.lectern;

import dev.lectern.LecternConfiguration.LanguageModelSettings;
import dev.lectern.llm.LanguageModel;
import dev.lectern.llm.extractive.ExtractiveModel;
import dev.lectern.llm.openai.OpenAiModel;
import io.dropwizard.lifecycle.AutoCloseableManager;
import io.dropwizard.lifecycle.setup.LifecycleEnvironment;
import org.jspecify.annotations.Nullable;

/// The model that writes answers, and the one that stands in for it.
///
/// @param fallback null where the model itself needs no network
record LanguageModels(LanguageModel model, @Nullable LanguageModel fallback) {

    static LanguageModels of(LanguageModelSettings settings, LifecycleEnvironment lifecycle) {
        return switch (settings.model()) {
            case EXTRACTIVE -> new LanguageModels(new ExtractiveModel(), null);
            case OPENAI -> {
                OpenAiModel model = new OpenAiModel(settings.openai());
                lifecycle.manage(new AutoCloseableManager(model));
                yield new LanguageModels(model, new ExtractiveModel());
            }
        };
    }
}
