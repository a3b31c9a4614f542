package dev.lectern.answer;

import org.jspecify.annotations.Nullable;

/// Lets the Markdown of an answer through as it comes, but for what runs code in a reader's browser or has it call
/// somebody unasked, whoever shows it with whatever renderer: tags become text, links that lead elsewhere than into the
/// web lead nowhere, and images become links, since what a passage has a model put into an image's address would be
/// sent there when the answer is shown.
///
/// In code, `List<String>` stays as it is. What is code in a line is only known at its end, so that from the first tag
/// or image in it on it is held back, though not for long. It must be code for every renderer: where something before
/// it in its paragraph could have one of them pair backticks in another way, it is taken for text. So what is safe does
/// not depend on who is right.
final class MarkupFilter {

    /// No longer piece of code within a line is held back.
    private static final int LONGEST = 200;

    private final CodeFence fence = new CodeFence();

    /// What of a piece of code is held back.
    private final StringBuilder held = new StringBuilder();

    private final StringBuilder shown = new StringBuilder();

    /// Whether backticks in this paragraph are paired in one way only.
    private boolean plain = true;

    /// The backticks that have opened what may be code.
    private int opening;

    private int backticks;
    private boolean less;

    /// The exclamation marks that may begin an image.
    private int bangs;

    private int www;
    private char last;
    private @Nullable LinkTarget target;

    /// What of the text so far can be shown.
    String next(String piece) {
        for (int i = 0; i < piece.length(); i++) {
            take(piece.charAt(i));
        }
        return taken();
    }

    /// What was held back, at the end.
    String rest() {
        endBackticks();
        giveUp();
        if (target != null) {
            shown.append(target.atEnd());
            target = null;
        }
        if (less) {
            less = false;
            shown.append("<");
        }
        endBangs();
        return taken();
    }

    private String taken() {
        String text = shown.toString();
        shown.setLength(0);
        return text;
    }

    private void take(char c) {
        if (c == '\r') {
            return; // renderers take it for the end of a line, or do not
        }
        if (fence.isCode(c)) {
            shown.append(c);
        } else {
            read(c);
        }
        if (c == '\n' && fence.isFresh()) {
            plain = true;
            opening = 0;
            target = null;
        }
        plain &= !fence.isLost();
    }

    private void read(char c) {
        if (backticks > 0 && c != '`') {
            endBackticks();
        }
        if (opening > 0 && (c == '\n' || c == '|' || held.length() > LONGEST)) {
            giveUp();
        }
        if (held.isEmpty()) {
            pass(c);
        } else {
            held.append(c);
        }
        if (c == '`') {
            backticks++;
        }
        last = c;
    }

    /// As many backticks as have opened a piece of code close it.
    private void endBackticks() {
        plain &= backticks <= 1;
        if (opening == 0) {
            opening = backticks;
        } else if (opening == backticks) {
            opening = 0;
            shown.append(held);
            held.setLength(0);
        }
        backticks = 0;
    }

    /// What may have been code is none.
    private void giveUp() {
        plain &= opening == 0;
        opening = 0;
        String text = held.toString();
        held.setLength(0);
        for (int i = 0; i < text.length(); i++) {
            pass(text.charAt(i));
            last = text.charAt(i);
        }
    }

    private void pass(char c) {
        if (less) {
            less = false;
            if (!beginsTag(c)) {
                shown.append("<");
            } else if (opening > 0 && plain) {
                held.append('<').append(c);
                return;
            } else {
                shown.append("&lt;");
            }
        }
        if (bangs > 0 && c == '[') {
            String before = "!".repeat(bangs);
            bangs = 0;
            if (opening > 0 && plain) {
                held.append(before).append(c);
                return;
            }
        }
        if (c != '!') {
            endBangs();
        }
        if (target != null && leads(target, c)) {
            return;
        }
        if (c == '<') {
            less = true;
            return;
        }
        if (c == '!') {
            bangs++;
            return;
        }
        shown.append(c);
        if (last == ']' && (c == '(' || c == ':')) {
            target = new LinkTarget();
        }
        if (opening == 0 && mayHoldBackticks(c)) {
            plain = false;
        }
    }

    /// They began none.
    private void endBangs() {
        shown.repeat('!', bangs);
        bangs = 0;
    }

    /// Whether the character is a part of what is not clear yet.
    private boolean leads(LinkTarget link, char c) {
        // In a quotation, the next line begins with its mark.
        boolean before = link.isEmpty() && (c == ' ' || c == '\t' || c == '\n' || c == '>');
        if (link.keeps(c)) {
            return true;
        }
        if (!before) {
            shown.append(link.before(c));
            target = null;
        }
        return false;
    }

    /// Whether a backtick after it may be a part of something else: of an address, or of what a backslash makes of it.
    private boolean mayHoldBackticks(char c) {
        boolean address = (c == '.' && www >= 3) || (c == '/' && last == '/');
        www = c == 'w' || c == 'W' ? www + 1 : 0;
        return address || c == '\\' || target != null;
    }

    private static boolean beginsTag(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '/' || c == '!' || c == '?';
    }
}
