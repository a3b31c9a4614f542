package dev.lectern.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lectern.access.ReaderId;
import dev.lectern.conversation.Opening.NoConversation;
import dev.lectern.conversation.Opening.Opened;
import dev.lectern.conversation.Opening.Turn;
import dev.lectern.problem.ProblemException;
import io.dropwizard.jackson.Jackson;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DialogueIT {

    private static final ObjectMapper JSON = Jackson.newObjectMapper();

    private final Conversations conversations = new Conversations();
    private final MovableClock clock = conversations.clock;
    private final Dialogue dialogue = conversations.process();

    @Test
    void stores_a_question_and_its_answer() throws IOException {
        Conversation conversation = conversations.begin(conversations.reader, "robotics");

        Answer answer =
                conversations.exchange(dialogue, conversations.question(conversation, "What is a joint?"), "It turns.");

        List<Message> messages = conversations.messages(conversation.id());
        assertThat(messages).extracting(Message::content).containsExactly("What is a joint?", "It turns.");
        assertThat(messages).extracting(Message::role).containsExactly(Message.Role.USER, Message.Role.ASSISTANT);
        assertThat(asWritten(messages.getLast().citations())).isEqualTo(asWritten(answer.citations()));
        assertThat(asWritten(messages.getLast().timings())).isEqualTo(asWritten(answer.timings()));
        assertThat(messages.getLast().createdAt()).isEqualTo(answer.createdAt());
        assertThat(dialogue.answer(conversations.reader, answer.id())).contains(answer);
    }

    @Test
    void opens_with_the_book_and_the_last_six_turns_oldest_first() {
        Conversation conversation = conversations.begin(conversations.reader, "robotics");
        for (int i = 1; i <= 4; i++) {
            conversations.exchange(dialogue, conversations.question(conversation, "q" + i), "a" + i);
        }

        Question next = conversations.question(conversation, "q5");

        assertThat(dialogue.open(next))
                .isEqualTo(new Opened(
                        conversation.id(),
                        next.id(),
                        next.answerId(),
                        "robotics",
                        List.of(
                                new Turn(true, "q2"),
                                new Turn(false, "a2"),
                                new Turn(true, "q3"),
                                new Turn(false, "a3"),
                                new Turn(true, "q4"),
                                new Turn(false, "a4"))));
    }

    @Test
    void makes_a_conversation_along_with_its_first_question() {
        Question question = conversations.starting("How does\n a   robot walk?", null);

        Opened opened = (Opened) dialogue.open(question);

        assertThat(opened)
                .isEqualTo(
                        new Opened(question.conversation(), question.id(), question.answerId(), "robotics", List.of()));
        assertThat(conversations.dao.get(conversations.reader, opened.conversation()))
                .hasValueSatisfying(made -> {
                    assertThat(made.book()).isEqualTo("robotics");
                    assertThat(made.title()).isEqualTo("How does a robot walk?");
                });
    }

    @Test
    void names_a_conversation_after_its_first_question_and_leaves_a_name_alone() {
        Conversation conversation = conversations.begin(conversations.reader, null);
        String longQuestion = "word ".repeat(40);
        clock.advance(Duration.ofSeconds(7));

        conversations.exchange(dialogue, conversations.question(conversation, longQuestion), "a1");
        conversations.exchange(dialogue, conversations.question(conversation, "another"), "a2");

        Conversation named =
                conversations.dao.get(conversations.reader, conversation.id()).orElseThrow();
        assertThat(named.title()).startsWith("word word").endsWith("word…").hasSizeLessThanOrEqualTo(80);
        assertThat(named.updatedAt()).isEqualTo(clock.instant());
        assertThat(named.createdAt()).isEqualTo(clock.instant().minusSeconds(7));
    }

    @Test
    void another_readers_conversation_is_none() {
        Conversation foreign = conversations.begin(new ReaderId(conversations.ids.get()), null);

        assertThat(dialogue.open(conversations.question(foreign, "?"))).isEqualTo(new NoConversation());
        assertThat(dialogue.open(conversations.keyed(foreign, "?", "k"))).isEqualTo(new NoConversation());
        assertThat(conversations.count("message")).isZero();
        assertThat(conversations.count("idempotency_key")).isZero();
    }

    @Test
    void another_readers_answer_is_none() {
        Conversation conversation = conversations.begin(conversations.reader, null);
        Answer answer = conversations.exchange(dialogue, conversations.question(conversation, "?"), "!");

        assertThat(dialogue.answer(new ReaderId(conversations.ids.get()), answer.id()))
                .isEmpty();
        assertThat(dialogue.answer(conversations.reader, answer.question())).isEmpty();
    }

    @Test
    void opening_twice_without_a_key_is_harmless() {
        Question question = conversations.starting("?", null);

        Opening first = dialogue.open(question);
        Opening again = dialogue.open(question);

        assertThat(again).isEqualTo(first);
        assertThat(conversations.count("message")).isEqualTo(1);
        assertThat(conversations.count("conversation")).isEqualTo(1);
    }

    @Test
    void stores_an_answer_once() {
        Question question = conversations.starting("?", "k");
        Opened opened = (Opened) dialogue.open(question);

        assertThat(dialogue.store(question, conversations.answer(opened, "first")))
                .isTrue();
        assertThat(dialogue.store(question, conversations.answer(opened, "first")))
                .isTrue();
        assertThat(dialogue.store(question, conversations.answer(opened, "second")))
                .isFalse();

        assertThat(conversations.messages(opened.conversation()))
                .extracting(Message::content)
                .containsExactly("?", "first");
    }

    @Test
    void stores_an_answer_without_what_PostgreSQL_cannot_store() {
        Answer answer = conversations.exchange(dialogue, conversations.starting("?", null), "one\0 two");

        assertThat(dialogue.answer(conversations.reader, answer.id())
                        .orElseThrow()
                        .content())
                .isEqualTo("one two");
    }

    @Test
    void says_that_an_answer_was_not_stored_where_its_conversation_is_gone() {
        Question question = conversations.starting("?", "k");
        Opened opened = (Opened) dialogue.open(question);
        conversations.dao.delete(conversations.reader, opened.conversation());

        assertThatThrownBy(() -> dialogue.store(question, conversations.answer(opened, "too late")))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().status()).isEqualTo(404));
        assertThat(conversations.count("message")).isZero();
        assertThat(conversations.count("idempotency_key")).isZero();
    }

    @Test
    void tells_the_librarys_revision_by_the_way() {
        conversations.database.write(handle -> handle.execute("UPDATE library SET revision = 41"));
        Question question = conversations.starting("?", null);
        Opened opened = (Opened) dialogue.open(question);
        assertThat(conversations.revision).hasValue(41);

        conversations.database.write(handle -> handle.execute("UPDATE library SET revision = 42"));
        dialogue.store(question, conversations.answer(opened, "!"));
        assertThat(conversations.revision).hasValue(42);
    }

    /// As a client reads it.
    private static JsonNode asWritten(@Nullable Object value) throws IOException {
        return Rest.json(JSON.writeValueAsString(value));
    }
}
