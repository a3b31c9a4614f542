package dev.lectern.book.manuscript;

/// What is wrong with a manuscript, so that it cannot become a book.
public sealed interface Flaw {

    /// A stable word for programs.
    String slug();

    /// One sentence for the author: what is wrong, and where.
    String detail();

    /// There is no page with text in it.
    record Empty(String searched) implements Flaw {
        @Override
        public String slug() {
            return "book-empty";
        }

        @Override
        public String detail() {
            return searched + " has no Markdown page (.md or .mdx) with text in it";
        }
    }

    /// It is neither a folder nor a readable zip archive.
    record Unreadable(String file, String reason) implements Flaw {
        @Override
        public String slug() {
            return "book-unreadable";
        }

        @Override
        public String detail() {
            return file + " cannot be read: " + reason;
        }
    }

    /// A path would lead out of the book: `..`, an absolute path, or a link.
    record Escape(String path, String reason) implements Flaw {
        @Override
        public String slug() {
            return "book-path-escapes";
        }

        @Override
        public String detail() {
            return path + " " + reason;
        }
    }

    /// A limit is passed.
    record TooLarge(String file, String limit) implements Flaw {
        @Override
        public String slug() {
            return "book-too-large";
        }

        @Override
        public String detail() {
            return file + " " + limit;
        }
    }

    /// The text is not UTF-8.
    record NotUtf8(String file, int line) implements Flaw {
        @Override
        public String slug() {
            return "book-not-utf8";
        }

        @Override
        public String detail() {
            return file + ", line " + line + ": the text is not UTF-8";
        }
    }

    /// A page holds no language.
    record Noise(String file, int line, String reason) implements Flaw {
        @Override
        public String slug() {
            return "book-noise";
        }

        @Override
        public String detail() {
            return file + ", line " + line + ": " + reason;
        }
    }

    /// Front matter, a category file or the settings of a site cannot be understood.
    record BadYaml(String file, int line, String reason) implements Flaw {
        @Override
        public String slug() {
            return "book-front-matter";
        }

        @Override
        public String detail() {
            return file + ", line " + line + ": the YAML is not valid: " + reason;
        }
    }

    /// Two pages would have the same address.
    record SameAddress(String address, String first, String second) implements Flaw {
        @Override
        public String slug() {
            return "book-same-address";
        }

        @Override
        public String detail() {
            return first + " and " + second + " would both be at " + address
                    + "; rename one of them, or give it another slug in its front matter if the site heeds that";
        }
    }

    /// Folders or Markdown are nested deeper than anybody writes.
    record TooDeep(String file) implements Flaw {
        @Override
        public String slug() {
            return "book-too-deep";
        }

        @Override
        public String detail() {
            return file + " is nested too deeply";
        }
    }

    /// Files include each other deeper than anybody writes.
    ///
    /// @param most how deep they may
    record NestedSnippets(String file, int line, int most) implements Flaw {
        @Override
        public String slug() {
            return "book-too-deep";
        }

        @Override
        public String detail() {
            return file + ", line " + line + ": snippets are nested more than " + most + " deep";
        }
    }
}
