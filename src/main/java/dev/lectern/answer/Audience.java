package dev.lectern.answer;

import java.io.IOException;
import java.util.UUID;

/// Who watches an answer being written. All calls come from one thread; an [IOException] says that nobody watches any
/// more, which ends the generation.
interface Audience {

    /// Waits for the end only.
    Audience PATIENT = new Audience() {};

    /// The answer has its ids, and text will come.
    default void started(UUID conversation, UUID question, UUID answer) throws IOException {}

    /// The answer goes on with this text, which is never empty and never ends within a character.
    default void wrote(String text) throws IOException {}

    /// Nothing came for a heartbeat's time.
    default void waited() throws IOException {}
}
