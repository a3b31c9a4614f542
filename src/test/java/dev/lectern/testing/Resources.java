package dev.lectern.testing;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.dropwizard.auth.Auth;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.reflect.Parameter;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The resources of the REST API as the code has them, so that none can be forgotten where all are meant.
public final class Resources {

    private Resources() {}

    public static Set<Class<?>> all() {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("dev.lectern").stream()
                        .filter(type -> type.isAnnotatedWith(Path.class))
                        .map(JavaClass::reflect)
                        .collect(Collectors.toSet());
    }

    /// The records that requests bring, by name; of a caller there is no body.
    public static List<Class<?>> bodies() {
        return all().stream()
                .flatMap(resource -> Stream.of(resource.getDeclaredMethods()))
                .filter(method -> Stream.of(method.getAnnotations())
                        .anyMatch(each -> each.annotationType().isAnnotationPresent(HttpMethod.class)))
                .flatMap(method -> Stream.of(method.getParameters()))
                .filter(parameter -> parameter.getType().isRecord() && !parameter.isAnnotationPresent(Auth.class))
                .<Class<?>>map(Parameter::getType)
                .distinct()
                .sorted(Comparator.comparing(Class::getName))
                .toList();
    }
}
