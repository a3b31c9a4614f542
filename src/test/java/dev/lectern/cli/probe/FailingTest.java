package dev.lectern.cli.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.neon.NeonUrl;
import java.net.ConnectException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class FailingTest {

    private final Failing failing = new Failing(NeonUrl.parse("postgresql://reader:s3cret-word@db.example.org/books"));

    @Test
    void a_password_that_an_exception_quotes_is_masked() {
        assertThat(failing.words(new SQLException("could not parse s3cret-word of reader")))
                .isEqualTo("could not parse **** of reader");
    }

    @Test
    void the_innermost_words_of_the_network_are_shown() {
        SQLException wrapped = new SQLException("Connection to db failed.", new ConnectException("Connection refused"));

        assertThat(failing.words(wrapped)).isEqualTo("Connection refused");
    }

    @Test
    void what_would_command_the_terminal_is_taken_out() {
        assertThat(failing.masked("a\u001b[2Jb\nc")).isEqualTo("a [2Jb c");
    }

    @Test
    void a_password_that_is_also_the_users_name_cannot_be_told_from_it() {
        Failing same = new Failing(NeonUrl.parse("postgresql://postgres:postgres@db.example.org/books"));

        assertThat(same.masked("role postgres is not permitted")).isEqualTo("role postgres is not permitted");
    }
}
