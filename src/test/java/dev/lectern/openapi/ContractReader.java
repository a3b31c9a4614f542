package dev.lectern.openapi;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.lectern.problem.Problem;
import io.dropwizard.auth.Auth;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.jaxrs2.Reader;
import io.swagger.v3.jaxrs2.ResolvedParameter;
import io.swagger.v3.jaxrs2.ext.AbstractOpenAPIExtension;
import io.swagger.v3.jaxrs2.ext.OpenAPIExtension;
import io.swagger.v3.jaxrs2.ext.OpenAPIExtensions;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads the REST contract from the resources: paths, parameters, bodies and answers as the code has them.
final class ContractReader {

    private ContractReader() {}

    static OpenAPI read() {
        ModelConverters.getInstance().addConverter(new RequiredUnlessNullable());
        OpenAPIExtensions.setExtensions(Stream.concat(
                        Stream.<OpenAPIExtension>of(new CallerIsNoParameter()),
                        OpenAPIExtensions.getExtensions().stream())
                .toList());
        OpenAPI api = new Reader(new OpenAPI().components(new Components())).read(resources());
        ModelConverters.getInstance().readAll(Problem.class).forEach(api.getComponents()::addSchemas);
        return api;
    }

    private static Set<Class<?>> resources() {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("dev.lectern").stream()
                        .filter(type -> type.isAnnotatedWith(Path.class))
                        .map(JavaClass::reflect)
                        .collect(Collectors.toSet());
    }

    /// The caller is told from the request's token, which the security scheme describes; an optional one may have none.
    private static final class CallerIsNoParameter extends AbstractOpenAPIExtension {

        @Override
        public ResolvedParameter extractParameters(
                List<Annotation> annotations,
                Type type,
                Set<Type> typesToSkip,
                Components components,
                Consumes classConsumes,
                Consumes methodConsumes,
                boolean includeRequestBody,
                com.fasterxml.jackson.annotation.JsonView view,
                Iterator<OpenAPIExtension> chain) {
            return annotations.stream().anyMatch(Auth.class::isInstance)
                    ? new ResolvedParameter()
                    : super.extractParameters(
                            annotations,
                            type,
                            typesToSkip,
                            components,
                            classConsumes,
                            methodConsumes,
                            includeRequestBody,
                            view,
                            chain);
        }

        @Override
        public void decorateOperation(Operation operation, Method method, Iterator<OpenAPIExtension> chain) {
            if (Stream.of(method.getParameters())
                    .anyMatch(each -> each.isAnnotationPresent(Auth.class) && each.getType() == Optional.class)) {
                operation.security(List.of(new SecurityRequirement().addList("reader"), new SecurityRequirement()));
            }
            super.decorateOperation(operation, method, chain);
        }
    }

    /// A component of a record is required where it cannot be null.
    ///
    /// Nested records are known by their simple names, so that two may get into each other's place.
    private static final class RequiredUnlessNullable implements ModelConverter {

        private final Map<String, Class<?>> records = new HashMap<>();

        @Override
        public @Nullable Schema<?> resolve(
                AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
            if (!chain.hasNext()) {
                return null;
            }
            Schema<?> schema = chain.next().resolve(type, context, chain);
            JavaType java = Json.mapper().constructType(type.getType());
            if (schema != null && java != null && java.getRawClass().isRecord()) {
                Schema<?> defined = schema.get$ref() == null
                        ? schema
                        : context.getDefinedModels()
                                .get(schema.get$ref().substring(schema.get$ref().lastIndexOf('/') + 1));
                Class<?> namesake = records.putIfAbsent(java.getRawClass().getSimpleName(), java.getRawClass());
                if (namesake != null && namesake != java.getRawClass()) {
                    throw new AssertionError(
                            "Two schemas would have one name: " + namesake + " and " + java.getRawClass());
                }
                require(java.getRawClass(), defined);
            }
            return schema;
        }

        private static void require(Class<?> type, @Nullable Schema<?> schema) {
            if (schema == null || schema.getProperties() == null) {
                return;
            }
            for (RecordComponent component : type.getRecordComponents()) {
                String name = PropertyNamingStrategies.SnakeCaseStrategy.INSTANCE.translate(component.getName());
                if (!nullable(component)
                        && schema.getProperties().containsKey(name)
                        && (schema.getRequired() == null
                                || !schema.getRequired().contains(name))) {
                    schema.addRequiredItem(name);
                }
            }
        }

        private static boolean nullable(RecordComponent component) {
            AnnotatedElement type = component.getAnnotatedType();
            return type.isAnnotationPresent(Nullable.class);
        }
    }
}
