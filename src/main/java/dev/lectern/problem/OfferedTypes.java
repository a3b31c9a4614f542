package dev.lectern.problem;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.glassfish.jersey.server.ExtendedUriInfo;
import org.glassfish.jersey.server.model.ResourceMethod;

/// The media types that the resource at a request's path takes and gives, with the request's method.
record OfferedTypes(List<ResourceMethod> methods) {

    /// @param uri of a request whose path has been matched
    static OfferedTypes of(ExtendedUriInfo uri, String method) {
        String asked = method.equals(HttpMethod.HEAD) ? HttpMethod.GET : method;
        return new OfferedTypes(uri.getMatchedRuntimeResources().stream()
                .limit(1) // the innermost
                .flatMap(matched -> matched.getResources().stream())
                .flatMap(resource -> resource.getResourceMethods().stream())
                .filter(each -> asked.equals(each.getHttpMethod()))
                .toList());
    }

    /// The problem of this status, which names the types where it is about them.
    Problem in(int status) {
        Problem problem = StatusProblems.of(status);
        return switch (status) {
            case 406 -> named(problem, "It can be had as ", ResourceMethod::getProducedTypes);
            case 415 -> named(problem, "It takes ", ResourceMethod::getConsumedTypes);
            default -> problem;
        };
    }

    private Problem named(Problem problem, String verb, Function<ResourceMethod, List<MediaType>> types) {
        String names = methods.stream()
                .flatMap(method -> types.apply(method).stream())
                .map(type -> type.getType() + "/" + type.getSubtype())
                .distinct()
                .sorted()
                .collect(Collectors.joining(" or "));
        return names.isEmpty() ? problem : problem.detailed(problem.detail() + " " + verb + names + ".");
    }
}
