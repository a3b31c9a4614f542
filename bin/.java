# Sourced by the scripts beside it: how the JVM is started.

java_lectern() {
  # shellcheck disable=SC2086 # the options are words
  exec "$JAVA_HOME/bin/java" \
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -XX:+UseSerialGC -Xms64m -Xmx512m -Xss512k -XX:+UseCompactObjectHeaders \
    -XX:+ExitOnOutOfMemoryError -Dfile.encoding=UTF-8 \
    ${LECTERN_JAVA_OPTIONS:-} -jar target/lectern.jar "$@"
}
