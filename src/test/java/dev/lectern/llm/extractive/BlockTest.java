package dev.lectern.llm.extractive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.llm.extractive.Block.Form;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "import rclpy\nfrom rclpy.node import Node",
                "cd ~/ws/src\nros2 pkg create --build-type ament_python my_package",
                "curl -s http://localhost:8080/x \\\n  -H 'Accept: text/plain'",
                "{\n  \"saved\": false,\n  \"reason\": \"asleep\"\n}",
                "Turns turns = database.write(c -> store(c)); // then given back",
                "# Install the driver\nsudo apt install driver",
                "SELECT *\nFROM passage\nWHERE id = 1;",
                "Planner\n   ↓\nController",
                "src/\n├── setup.py\n└── test/"
            })
    void recognises_code_that_has_lost_its_fence(String text) {
        assertThat(Block.of(text)).extracting(Block::form).containsExactly(Form.CODE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The option --base-url tells Lectern where the pages are.",
                "sslNegotiation=direct saves one round trip at connecting.",
                "Source your workspace (this is important after building):",
                "From here on we use the small one."
            })
    void takes_a_sentence_with_an_identifier_for_prose(String text) {
        assertThat(Block.of(text)).extracting(Block::form).containsExactly(Form.PROSE);
    }

    @Test
    void keeps_fenced_code_whole() {
        var blocks = Block.of("Before:\n\n```java\nint a = 1;\n\nint b = 2;\n```\n\nAfter it.");

        assertThat(blocks).extracting(Block::form).containsExactly(Form.PROSE, Form.CODE, Form.PROSE);
        assertThat(blocks.get(1).lines()).containsExactly("int a = 1;", "", "int b = 2;");
    }

    @Test
    void joins_code_with_empty_lines_in_it() {
        var blocks = Block.of("int a = 1;\n\nint b = 2;");

        assertThat(blocks).hasSize(1);
        assertThat(blocks.getFirst().lines()).containsExactly("int a = 1;", "", "int b = 2;");
    }

    @Test
    void reads_tables_with_and_without_outer_bars() {
        assertThat(Block.of("| a | b |\n|---|---|\n| 1 | 2 |")).isEqualTo(Block.of("a | b\n1 | 2"));
    }

    @Test
    void joins_the_lines_of_an_item() {
        var blocks = Block.of("- one\n  goes on\n- two\n\n- three");

        assertThat(blocks).hasSize(1);
        assertThat(blocks.getFirst().lines()).containsExactly("one goes on", "two", "three");
    }
}
