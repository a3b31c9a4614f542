package dev.lectern.simulation.report;

/// What was seen in a second of the run.
///
/// @param at milliseconds since the begin
/// @param state of the database, as the application takes it to be
/// @param compute of the embedded database, as it is
/// @param maximum of the pool
/// @param backends connections that the server has
/// @param mostBackends the most that it had at once since the begin, between samples too
/// @param clientCpuMs processor time that Gatling has used
/// @param serverCpuMs processor time that the application has used
/// @param machineBusy how much of a hundred of the processors' time anything used since the sample before
record Sample(
        long at,
        String state,
        String compute,
        int active,
        int idle,
        int waiting,
        int maximum,
        int backends,
        int mostBackends,
        int heapMb,
        int threads,
        int residentMb,
        long clientCpuMs,
        long serverCpuMs,
        int machineBusy) {

    private static final int CPU = 12;

    static Sample parse(String line, long begin) {
        String[] values = line.split(",");
        int[] number = new int[CPU];
        for (int i = 3; i < CPU; i++) {
            number[i] = Integer.parseInt(values[i]);
        }
        return new Sample(
                Long.parseLong(values[0]) - begin,
                values[1],
                values[2],
                number[3],
                number[4],
                number[5],
                number[6],
                number[7],
                number[8],
                number[9],
                number[10],
                number[11],
                Long.parseLong(values[CPU]),
                Long.parseLong(values[CPU + 1]),
                Integer.parseInt(values[CPU + 2]));
    }
}
