package org.agreementledger.cli;

import java.io.PrintWriter;
import java.util.List;

/** Prints for a person, fitted to the width of the terminal. */
final class Page {

    static final int WIDTH_MIN = 40;

    private static final int BODY_WIDTH_MIN = 20;

    private final PrintWriter out;
    private final int width;
    private final boolean colours;

    Page(PrintWriter out, int width, boolean colours) {
        this.out = out;
        this.width = Math.max(WIDTH_MIN, width);
        this.colours = colours;
    }

    int width() {
        return width;
    }

    void blank() {
        out.println();
    }

    void print(String text) {
        print(Text.of(text));
    }

    void print(Text text) {
        print(0, text);
    }

    void print(int indent, Text text) {
        for (Text line : text.wrap(Math.max(BODY_WIDTH_MIN, width - indent))) {
            write(indent, line);
        }
    }

    /** A label with its text beside it, or below it where the label is too long. */
    void labelled(int indent, int labelWidth, Text label, Text body) {
        int bodyWidth = Math.max(BODY_WIDTH_MIN, width - indent - labelWidth - 2);
        Text beside = label;
        if (label.width() > labelWidth) {
            print(indent, label);
            beside = Text.EMPTY;
        }
        for (Text line : Text.beside(List.of(beside, body), List.of(labelWidth, bodyWidth), "  ")) {
            write(indent, line);
        }
    }

    /** Something to paste, so it is not wrapped. */
    void command(String line) {
        write(2, Text.of(line));
    }

    void write(int indent, Text line) {
        out.println((" ".repeat(indent) + line.render(colours)).stripTrailing());
    }
}
