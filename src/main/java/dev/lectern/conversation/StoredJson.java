package dev.lectern.conversation;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;

/// A value that the database keeps as a client reads it, handed on without being read.
///
/// @param text JSON
public record StoredJson(@JsonValue @JsonRawValue String text) {}
