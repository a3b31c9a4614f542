package dev.lectern.simulation.report;

import dev.lectern.simulation.Outcome;
import dev.lectern.simulation.report.Run.Event;
import java.util.List;

/// A part of the overload's run.
///
/// @param offered requests in a second
/// @param goodput requests that were served in a second
record Stage(String name, double offered, double goodput, Times served, Times refused) {

    static Stage of(Run run, Event begin, Event end) {
        List<Request> flood = run.where(request ->
                request.name().equals("history") && request.ended() >= begin.at() && request.ended() < end.at());
        double seconds = (end.at() - begin.at()) / 1e3;
        List<Request> served = flood.stream()
                .filter(request -> request.outcome() == Outcome.OK)
                .toList();
        List<Request> refused = flood.stream()
                .filter(request -> request.outcome() == Outcome.REFUSED)
                .toList();
        return new Stage(
                begin.name(), flood.size() / seconds, served.size() / seconds, Times.of(served), Times.of(refused));
    }
}
