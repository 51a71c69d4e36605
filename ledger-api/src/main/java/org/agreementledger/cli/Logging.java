package org.agreementledger.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where logs go: to standard error, because standard output belongs to the answers. Without this,
 * Logback's own default prints every detail among them.
 */
final class Logging {

    private Logging() {}

    /** Only what is wrong: the command itself says the rest. */
    static void ofCommand() {
        configure("%level %logger{0}: %msg%n", Level.ERROR);
    }

    /** Also what may become wrong, and when. */
    static void ofServer() {
        configure("%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX, UTC} %level %logger{0}: %msg%n", Level.WARN);
    }

    private static void configure(String pattern, Level level) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            PatternLayoutEncoder layout = new PatternLayoutEncoder();
            layout.setContext(context);
            layout.setPattern(pattern);
            layout.start();
            ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
            appender.setContext(context);
            appender.setTarget("System.err");
            appender.setEncoder(layout);
            appender.start();
            var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
            root.setLevel(level);
            root.detachAndStopAllAppenders();
            root.addAppender(appender);
            // Why the server does not start is thrown, and said once, by the command.
            context.getLogger("org.springframework.boot.SpringApplication").setLevel(Level.OFF);
            context.getLogger("org.springframework.boot.diagnostics").setLevel(Level.OFF);
            // The outlet says once that it cannot send; the client would say so each time it tries.
            context.getLogger("org.apache.kafka").setLevel(Level.ERROR);
            // What was recorded before the doors opened, such as the example, is not counted.
            context.getLogger("io.micrometer.core.instrument.composite").setLevel(Level.ERROR);
            context.getLogger("org.springframework.boot.web.server.servlet.context")
                    .setLevel(Level.ERROR);
        }
    }
}
