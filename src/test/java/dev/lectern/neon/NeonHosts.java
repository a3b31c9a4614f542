package dev.lectern.neon;

/// The two hosts of one Neon endpoint.
final class NeonHosts {

    private NeonHosts() {}

    static NeonUrl direct(NeonUrl url) {
        return with(url, url.host().replaceFirst("^([^.]+)-pooler\\.", "$1."));
    }

    static NeonUrl pooled(NeonUrl url) {
        return with(url, direct(url).host().replaceFirst("^([^.]+)\\.", "$1-pooler."));
    }

    private static NeonUrl with(NeonUrl url, String host) {
        return new NeonUrl(host, url.port(), url.database(), url.user(), url.password(), url.parameters());
    }
}
