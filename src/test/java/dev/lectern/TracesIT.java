package dev.lectern;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.testing.LecternClient;
import dev.lectern.testing.LecternServer;
import dev.lectern.testing.TestPostgres;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Asks with an SDK of OpenTelemetry present, as an agent or a service's own would be.
class TracesIT {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String CALLER = "b7ad6b7169203331";
    private static final String TRACEPARENT = "00-" + TRACE + "-" + CALLER + "-01";

    private static final InMemorySpanExporter SPANS = InMemorySpanExporter.create();

    @BeforeAll
    static void ask() {
        GlobalOpenTelemetry.resetForTest();
        OpenTelemetrySdk.builder()
                .setTracerProvider(SdkTracerProvider.builder()
                        .addSpanProcessor(SimpleSpanProcessor.create(SPANS))
                        .build())
                .buildAndRegisterGlobal();
        // Closed before the spans are looked at: a response may be read before its span has ended.
        try (LecternServer lectern = LecternServer.start(TestPostgres.jdbcUrl(TestPostgres.freshDatabase()), Map.of())
                        .withPoolsBook();
                LecternClient reader = lectern.reader()) {
            String conversation = reader.converse("pools");
            reader.stream(conversation, "What is a permit?", "traceparent", TRACEPARENT);
            reader.get("/nowhere?of=interest");
        }
    }

    @AfterAll
    static void forget() {
        GlobalOpenTelemetry.resetForTest();
    }

    @Test
    void a_request_is_a_part_of_its_callers_trace() {
        SpanData request = request();

        assertThat(request.getParentSpanId()).isEqualTo(CALLER);
        assertThat(request.getKind()).isEqualTo(SpanKind.SERVER);
        assertThat(request.getAttributes().get(AttributeKey.longKey("http.response.status_code")))
                .isEqualTo(200);
        assertThat(request.getAttributes().get(AttributeKey.longKey("lectern.round_trips")))
                .isEqualTo(2);
    }

    @Test
    void searches_the_model_and_the_databases_work_are_parts_of_the_request() {
        List<SpanData> parts = ofTrace().stream()
                .filter(span -> span.getParentSpanId().equals(request().getSpanId()))
                .toList();

        assertThat(parts)
                .extracting(SpanData::getName)
                .containsExactlyInAnyOrder(
                        "postgresql interactive_write", "search", "chat extractive", "postgresql completion");
        assertThat(parts).allSatisfy(part -> {
            assertThat(part.getStartEpochNanos()).isLessThanOrEqualTo(part.getEndEpochNanos());
            assertThat(part.hasEnded()).isTrue();
        });
    }

    @Test
    void nothing_that_was_asked_is_in_a_span() {
        assertThat(SPANS.getFinishedSpanItems())
                .noneMatch(span ->
                        span.toString().contains("permit?") || span.toString().contains("nowhere"));
    }

    private static SpanData request() {
        List<SpanData> requests = ofTrace().stream()
                .filter(span -> span.getKind() == SpanKind.SERVER)
                .toList();
        assertThat(requests).extracting(SpanData::getName).containsExactly("POST /api/v1/conversations/{id}/messages");
        return requests.getFirst();
    }

    private static List<SpanData> ofTrace() {
        return SPANS.getFinishedSpanItems().stream()
                .filter(span -> span.getTraceId().equals(TRACE))
                .toList();
    }
}
