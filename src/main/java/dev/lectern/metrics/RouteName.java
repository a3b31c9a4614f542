package dev.lectern.metrics;

/// A method and a path's template.
record RouteName(String method, String route) {

    /// All that is one route too many.
    static final RouteName OTHER = new RouteName("_OTHER", "_OTHER");
}
