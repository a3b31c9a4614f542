package dev.lectern.book.manuscript;

import java.util.List;
import java.util.Map;
import org.commonmark.node.Node;

/// A way to write Markdown that goes beyond CommonMark. An object of it reads one page.
sealed interface Dialect permits GitHubMarkdown, PythonMarkdown {

    /// Whether braces hold expressions, and nothing is code because it is indented.
    boolean isMdx();

    /// The lines of a page, closer to CommonMark.
    List<String> simplified(List<String> lines);

    /// Takes out of the parsed page what is no text to this dialect, and says which anchor each heading has.
    Map<Node, String> anchors(Node document);
}
