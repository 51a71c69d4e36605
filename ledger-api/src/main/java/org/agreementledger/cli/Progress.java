package org.agreementledger.cli;

import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** How far a long command has come, on one line of a terminal; silent where there is none. */
final class Progress implements AutoCloseable {

    private static final int UPDATE_MILLISECONDS = 200;

    private final Terminal terminal;
    private final @Nullable ProgressBar bar;

    private Progress(Terminal terminal, @Nullable ProgressBar bar) {
        this.terminal = terminal;
        this.bar = bar;
    }

    static Progress start(Terminal terminal, String task, String unit, long max) {
        if (!terminal.isTerminal("err")) {
            return new Progress(terminal, null);
        }
        return new Progress(
                terminal,
                new ProgressBarBuilder()
                        .setTaskName(task)
                        .setInitialMax(max)
                        .setUnit(" " + unit, 1)
                        .setStyle(ProgressBarStyle.ASCII)
                        .continuousUpdate()
                        .setUpdateIntervalMillis(UPDATE_MILLISECONDS)
                        .setConsumer(
                                new DelegatingProgressBarConsumer(
                                        line -> {
                                            terminal.err().print("\r" + line);
                                            terminal.err().flush();
                                        },
                                        terminal.width() - 1))
                        .build());
    }

    void to(long done) {
        if (bar != null) {
            bar.stepTo(done);
        }
    }

    void max(long max) {
        if (bar != null) {
            bar.maxHint(max);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            terminal.err().println();
        }
    }
}
