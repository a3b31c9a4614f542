package dev.lectern.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class TranscriptTest {

    @Property
    void however_a_text_is_cut_into_pieces_it_comes_out_whole(@ForAll List<String> pieces) {
        Transcript transcript = new Transcript();
        StringBuilder shown = new StringBuilder();
        for (String piece : pieces) {
            String part = transcript.add(piece);
            assertThat(part.isEmpty() || !Character.isHighSurrogate(part.charAt(part.length() - 1)))
                    .isTrue();
            shown.append(part);
        }
        shown.append(transcript.end());

        Transcript whole = new Transcript();
        String all = whole.add(String.join("", pieces)) + whole.end();
        assertThat(shown.toString()).isEqualTo(all);
        assertThat(transcript.text()).isEqualTo(shown.toString());
        assertThat(transcript.text().codePoints()).allMatch(c -> c != 0 && Character.getType(c) != Character.SURROGATE);
    }
}
