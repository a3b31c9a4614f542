package dev.lectern;

import dev.lectern.neon.InvalidNeonUrlException;
import dev.lectern.neon.NeonUrl;
import java.util.regex.Pattern;

/// A value of the configuration as it may be shown.
final class MaskedValue {

    private static final String MASK = "***";
    private static final Pattern SECRET = Pattern.compile("(?i).*(secrets?|password|token|key)");
    private static final Pattern CONNECTION_STRING = Pattern.compile("database\\.(url|directUrl)");
    private static final Pattern USER_INFO = Pattern.compile("://[^/?#]*@");

    private MaskedValue() {}

    static String of(String key, String value) {
        if (value.isEmpty()) {
            return value;
        }
        if (SECRET.matcher(key).matches()) {
            return MASK;
        }
        if (CONNECTION_STRING.matcher(key).matches()) {
            return connection(value);
        }
        return USER_INFO.matcher(value).replaceAll("://" + MASK + "@");
    }

    private static String connection(String value) {
        try {
            return NeonUrl.parse(value).toString();
        } catch (InvalidNeonUrlException e) {
            return MASK;
        }
    }
}
