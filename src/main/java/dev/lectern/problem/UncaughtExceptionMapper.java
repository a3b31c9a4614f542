package dev.lectern.problem;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.io.CharConversionException;
import java.io.EOFException;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import java.util.zip.ZipException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers 500 without a word of what went wrong inside, which goes to the log under the request's id.
public final class UncaughtExceptionMapper implements ExceptionMapper<Throwable> {

    /// What a client learns of a fault of our own.
    public static final Problem INTERNAL = Problem.of(
            500,
            "internal",
            "Something went wrong inside",
            "The fault is not the client's. The operator finds it in the log by the request's id.");

    private static final Logger LOG = LoggerFactory.getLogger(UncaughtExceptionMapper.class);

    @Override
    public Response toResponse(Throwable exception) {
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case ZipException encoding -> {
                    return invalid(HttpHeaders.CONTENT_ENCODING, "is not how the body is encoded");
                }
                case CharConversionException text -> {
                    return invalid("", "must be Unicode text");
                }
                case EOFException end -> {
                    return invalid(HttpHeaders.CONTENT_LENGTH, "is more than the body has");
                }
                case IOException late
                when late.getCause() instanceof TimeoutException -> {
                    return Refusal.of(StatusProblems.of(408));
                }
                default -> {
                    // The fault is ours, unless what caused it says otherwise.
                }
            }
        }
        LOG.error("A request failed for a reason that no code foresaw", exception);
        return Refusal.of(INTERNAL);
    }

    private static Response invalid(String header, String detail) {
        return Refusal.of(ProblemException.invalid(header, detail).problem());
    }
}
