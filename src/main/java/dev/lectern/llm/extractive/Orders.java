package dev.lectern.llm.extractive;

import java.util.regex.Pattern;

/// Recognises text that is written to a model instead of a reader.
///
/// The extractive model obeys nobody; this keeps it from repeating such text, which another program might obey.
final class Orders {

    private static final Pattern ORDER = Pattern.compile("""
            (?ix)
            \\b(?:ignore|disregard|forget|override|bypass)\\b[^.!?\\n]{0,40}?
                \\b(?:instructions?|prompts?|rules|guidelines|directions|context|everything|constraints)\\b
            | \\b(?:you\\ are\\ now|from\\ now\\ on,?\\ you|pretend\\ (?:to\\ be|that\\ you|you)
                |act\\ as\\ (?:an?|the|if)\\b|your\\ new\\ (?:role|task|instructions?))
            | \\b(?:system|developer|hidden|initial)\\ (?:prompt|message|instructions?)\\b
            | \\bnew\\ instructions?\\s*:
            | \\bas\\ an?\\ (?:ai|language|large\\ language)\\ (?:language\\ )?model\\b
            | \\b(?:dear|attention|note\\ to|instructions?\\ (?:to|for))\\ (?:the\\ )?
                (?:ai|llm|chat\\ ?bot|assistant|language\\ model)s?\\b
            | \\b(?:ai|llm|chat\\ ?bot|language)\\ (?:assistants?|models?|systems?)\\s
                (?:reading|processing|summari[sz]ing)\\ this\\b
            | \\byou\\ (?:must|should|will|shall)\\ (?:always\\ |only\\ |now\\ |instead\\ )*
                (?:answer|reply|respond|say|output|reveal)\\b
            | \\b(?:answer|reply|respond|output)\\ (?:only|always|instead|exactly|nothing)\\b
            | \\bdo\\ not\\ (?:reveal|disclose|tell\\ the\\ (?:user|reader))\\b
            | \\b(?:tell|inform|ask)\\ (?:the\\ )?(?:user|reader)s?\\ (?:that|to)\\b
            | \\b(?:jailbreak|do\\ anything\\ now)\\b
            | <\\|[a-z_]+\\|> | \\[/?INST\\] | <</?SYS>> | ^\\s*\\#{0,3}\\s*(?:system|assistant)\\s*:
            """);

    private Orders() {}

    /// Whether a sentence speaks to the model.
    static boolean in(String sentence) {
        return ORDER.matcher(sentence).find();
    }

    /// The text without the stretches that are orders.
    static String removedFrom(String text) {
        return ORDER.matcher(text).replaceAll(" ");
    }
}
