package dev.lectern.embedded.gateway;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/// What has gone through the gateway since it was opened, or since the counts were reset.
///
/// @param connections that were accepted, whether or not they came to a login
/// @param logins that ended with the server ready
/// @param roundTrips how often a client, after its login, asked for an answer and waited for it
/// @param statements that were executed
/// @param openClients connections of clients that are open now
/// @param mostOpenClients the most that were open at once
/// @param openBackends connections to the server that are open now
/// @param mostOpenBackends the most that were open at once
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Counts(
        long connections,
        long logins,
        long roundTrips,
        long statements,
        int openClients,
        long mostOpenClients,
        int openBackends,
        long mostOpenBackends) {}
