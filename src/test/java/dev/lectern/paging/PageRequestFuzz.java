package dev.lectern.paging;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.problem.Input;
import dev.lectern.problem.ProblemException;
import java.util.UUID;

/// A limit and a cursor, one a line, are refused with a 400, or ask for 1 to 100 items after a place whose own cursor
/// leads there again.
public final class PageRequestFuzz {

    private PageRequestFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        String[] lines = new String(input, ISO_8859_1).split("\n", 2);
        String limit = lines[0].isEmpty() ? null : lines[0];
        String cursor = lines.length < 2 ? null : lines[1];
        try {
            PageRequest<UUID> page = PageRequest.of(limit, cursor, Input::uuid);
            assertThat(page.limit()).isBetween(1, PageRequest.HIGHEST_LIMIT);
            UUID after = page.after();
            if (after != null) {
                assertThat(PageRequest.of(null, PageRequest.cursorAfter(after), Input::uuid)
                                .after())
                        .isEqualTo(after);
            }
        } catch (ProblemException e) {
            assertThat(e.problem().status()).isEqualTo(400);
            assertThat(e.problem().errors()).isNotEmpty();
        }
    }
}
