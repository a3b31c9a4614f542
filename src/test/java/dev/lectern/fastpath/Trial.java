package dev.lectern.fastpath;

/// What was seen of one side for some seconds.
///
/// @param rate answers in a second, refusals left out
/// @param refused how many of a hundred were refused
/// @param slowest the milliseconds that 99 of 100 took at most; 0 of the database alone
/// @param server microseconds of processor time of the HTTP server for one answer; 0 of the database alone
/// @param postgres microseconds of PostgreSQL's for one
/// @param queue how many methods of the HTTP server had yet to be compiled at the beginning
record Trial(double rate, double refused, double slowest, double server, double postgres, int queue) {}
