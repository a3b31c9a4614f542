package dev.lectern.embedded.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OptionsTest {

    @Test
    void names_an_endpoint_that_postgresql_does_not_see() {
        Options options = Options.read("endpoint=ep-cool-1-pooler");
        assertThat(options.endpoint()).contains("ep-cool-1-pooler");
        assertThat(options.pooled()).isTrue();
        assertThat(options.others()).isEmpty();
    }

    @Test
    void keeps_what_is_postgresqls() {
        Options options = Options.read("project=ep-1 -c statement_timeout=5s -csearch_path=a\\ b --geqo=off");
        assertThat(options.pooled()).isFalse();
        assertThat(options.others()).containsExactly("-c", "statement_timeout=5s", "-csearch_path=a\\ b", "--geqo=off");
        assertThat(options.settings()).containsExactly("statement_timeout", "search_path", "geqo");
    }

    @Test
    void takes_an_endpoint_written_as_a_setting_together_with_its_switch() {
        Options options = Options.read("-c endpoint=ep-1 -c geqo=off");
        assertThat(options.endpoint()).contains("ep-1");
        assertThat(options.others()).containsExactly("-c", "geqo=off");
    }

    @Test
    void neons_own_options_are_not_passed_on() {
        Options options = Options.read("neon_proxy_params_compat:true neon_other:1");
        assertThat(options.compatible()).isTrue();
        assertThat(options.others()).isEmpty();
    }
}
