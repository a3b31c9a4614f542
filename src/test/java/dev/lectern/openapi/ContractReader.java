package dev.lectern.openapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import dev.lectern.problem.Problem;
import dev.lectern.testing.Resources;
import io.dropwizard.auth.Auth;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.jaxrs2.Reader;
import io.swagger.v3.jaxrs2.ResolvedParameter;
import io.swagger.v3.jaxrs2.ext.AbstractOpenAPIExtension;
import io.swagger.v3.jaxrs2.ext.OpenAPIExtension;
import io.swagger.v3.jaxrs2.ext.OpenAPIExtensions;
import io.swagger.v3.oas.integration.SwaggerConfiguration;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.SpecVersion;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import jakarta.ws.rs.Consumes;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads the REST contract from the resources: paths, parameters, bodies and answers as the code has them.
final class ContractReader {

    private ContractReader() {}

    static OpenAPI read() {
        ModelConverters converters = ModelConverters.getInstance(true);
        converters.addConverter(new AsSerialized());
        OpenAPIExtensions.setExtensions(Stream.concat(
                        Stream.<OpenAPIExtension>of(new CallerIsNoParameter()),
                        OpenAPIExtensions.getExtensions().stream())
                .toList());
        OpenAPI empty = new OpenAPI(SpecVersion.V31).openapi("3.1.0").components(new Components());
        OpenAPI api = new Reader(new SwaggerConfiguration().openAPI31(true).openAPI(empty)).read(Resources.all());
        converters.readAll(Problem.class).forEach(api.getComponents()::addSchemas);
        // The reader has written the bodies of requests as OpenAPI 3.0 has them.
        Resources.bodies()
                .forEach(type -> converters.readAll(type).forEach((name, schema) -> {
                    schema.setAdditionalProperties(false);
                    api.getComponents().addSchemas(name, schema);
                }));
        return api;
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

    /// The components of a record as they are written: required where one is always there, `null` where one is written
    /// when there is nothing, and absent where nothing is written then. A request may leave out what may be null.
    ///
    /// Nested records are known by their simple names, so that two may get into each other's place.
    private static final class AsSerialized implements ModelConverter {

        private final Map<String, Class<?>> records = new HashMap<>();

        @Override
        public boolean isOpenapi31() {
            return true;
        }

        @Override
        public @Nullable Schema<?> resolve(
                AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
            if (!chain.hasNext()) {
                return null;
            }
            Schema<?> schema = chain.next().resolve(type, context, chain);
            JavaType java = Json31.mapper().constructType(type.getType());
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
                complete(java.getRawClass(), defined);
            }
            return schema;
        }

        private static void complete(Class<?> type, @Nullable Schema<?> schema) {
            if (schema == null || schema.getProperties() == null) {
                return;
            }
            for (RecordComponent component : type.getRecordComponents()) {
                String name = PropertyNamingStrategies.SnakeCaseStrategy.INSTANCE.translate(component.getName());
                Schema<?> property = schema.getProperties().get(name);
                boolean required =
                        schema.getRequired() != null && schema.getRequired().contains(name);
                if (property == null || required || isLeftOut(type, component)) {
                    continue;
                }
                if (component.getType() == Iterable.class) {
                    // What is written while it is read is an array as well; Swagger knows that of collections only.
                    property.addType("array");
                }
                if (isNullable(component)) {
                    schema.getProperties().put(name, orNull(property));
                } else {
                    schema.addRequiredItem(name);
                }
            }
        }

        private static boolean isNullable(RecordComponent component) {
            AnnotatedElement type = component.getAnnotatedType();
            return type.isAnnotationPresent(Nullable.class);
        }

        /// Whether it is not written when there is nothing in it, which is never so of a required text.
        private static boolean isLeftOut(Class<?> type, RecordComponent component) {
            JsonInclude own = component.getAccessor().getAnnotation(JsonInclude.class);
            JsonInclude include = own == null ? type.getAnnotation(JsonInclude.class) : own;
            return include != null
                    && switch (include.value()) {
                        case NON_NULL -> isNullable(component);
                        case NON_EMPTY -> isNullable(component) || component.getType() == List.class;
                        default -> false;
                    };
        }

        private static <T> Schema<?> orNull(Schema<T> schema) {
            if (schema.get$ref() != null) {
                return new JsonSchema()
                        .oneOf(List.of(new JsonSchema().$ref(schema.get$ref()), new JsonSchema().typesItem("null")));
            }
            if (schema.getTypes() != null && schema.getTypes().add("null") && schema.getEnum() != null) {
                List<T> choices = new ArrayList<>(schema.getEnum());
                choices.add(null);
                schema.setEnum(choices);
            }
            return schema;
        }
    }
}
