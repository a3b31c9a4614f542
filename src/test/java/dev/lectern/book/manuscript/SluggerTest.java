package dev.lectern.book.manuscript;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SluggerTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Visual SLAM (VSLAM)|visual-slam-vslam",
                "What's new?|whats-new",
                "A & B|a--b",
                "ROS 2: Nodes, Topics|ros-2-nodes-topics",
                "Größe und Öl|größe-und-öl",
                "snake_case stays|snake_case-stays",
                "日本語 見出し|日本語-見出し",
                "C++ / C#|c--c",
                "Isaac™ 🚀 go|isaac--go",
            })
    void makes_anchors_as_the_site_does(String title, String anchor) {
        assertThat(Slugger.slug(title)).isEqualTo(anchor);
    }

    @Test
    void numbers_anchors_that_were_had_before() {
        Slugger slugger = new Slugger();

        assertThat(slugger.anchor("Example")).isEqualTo("example");
        assertThat(slugger.anchor("Example")).isEqualTo("example-1");
        assertThat(slugger.anchor("Example 1")).isEqualTo("example-1-1");
        assertThat(slugger.anchor("Example")).isEqualTo("example-2");
    }
}
