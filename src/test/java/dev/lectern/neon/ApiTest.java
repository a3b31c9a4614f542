package dev.lectern.neon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Executable;
import java.lang.reflect.Member;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Holds the library's public interface to the file that says what it is: who changes it, sees it.
class ApiTest {

    private static final Path API = Path.of("src/test/resources/dev/lectern/neon/api.txt");
    private static final String WRITE = "neon.api.write";
    private static final String PACKAGE = "dev.lectern.neon";

    @Test
    void the_public_interface_is_the_one_written_down() throws Exception {
        List<String> found = interfaceOf(NeonDatabase.class);
        if (Boolean.getBoolean(WRITE)) {
            Files.write(API, found);
        }

        assertThat(found)
                .as("if the change is meant: mvn test -Dtest=ApiTest -D" + WRITE + "=true, and commit " + API)
                .containsExactlyElementsOf(Files.readAllLines(API));
    }

    @Test
    void the_inside_is_no_part_of_it() throws Exception {
        assertThat(interfaceOf(NeonDatabase.class)).isNotEmpty().noneMatch(line -> line.contains(".internal."));
    }

    private static List<String> interfaceOf(Class<?> type) throws IOException, URISyntaxException {
        Path classes =
                Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        try (Stream<Path> files = Files.walk(classes.resolve(PACKAGE.replace('.', '/')))) {
            return files.filter(file -> file.toString().endsWith(".class"))
                    .map(file -> classes.relativize(file)
                            .toString()
                            .replaceFirst("\\.class$", "")
                            .replaceAll("[/\\\\]", "."))
                    .filter(name -> !name.startsWith(PACKAGE + ".internal.") && !name.endsWith("package-info"))
                    .sorted()
                    .map(ApiTest::load)
                    .filter(ApiTest::seen)
                    .flatMap(ApiTest::lines)
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, ApiTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean seen(Class<?> type) {
        return visible(type.getModifiers())
                && (type.getDeclaringClass() == null || seen(type.getDeclaringClass()))
                && !type.isSynthetic();
    }

    private static Stream<String> lines(Class<?> type) {
        List<String> members = new ArrayList<>();
        for (AccessibleObject[] group : new AccessibleObject[][] {
            type.getDeclaredFields(), type.getDeclaredConstructors(), type.getDeclaredMethods()
        }) {
            Stream.of(group)
                    .filter(member -> visible(((Member) member).getModifiers()) && !((Member) member).isSynthetic())
                    .map(ApiTest::line)
                    .sorted()
                    .forEach(members::add);
        }
        return Stream.concat(Stream.of(heading(type)), members.stream().map(member -> "    " + member));
    }

    private static String heading(Class<?> type) {
        List<String> above = new ArrayList<>();
        if (type.getSuperclass() != null && type.getSuperclass() != Object.class) {
            above.add(type.getGenericSuperclass().getTypeName());
        }
        Stream.of(type.getGenericInterfaces()).map(Object::toString).sorted().forEach(above::add);
        return type.toGenericString() + (above.isEmpty() ? "" : " : " + String.join(", ", above));
    }

    private static String line(AccessibleObject member) {
        return member instanceof Executable executable ? executable.toGenericString() : member.toString();
    }

    private static boolean visible(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }
}
