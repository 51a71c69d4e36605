package org.agreementledger.cli;

import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.time.Clock;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Function;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.Refused;
import org.agreementledger.agreement.View;
import org.agreementledger.api.witness.WitnessAddress;
import org.agreementledger.axon.NotDurable;
import org.agreementledger.axon.ReadOnly;
import org.agreementledger.axon.Unconfirmed;
import org.agreementledger.log.KnownAt;
import org.agreementledger.node.Damage;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.proof.VerifierKey;
import org.agreementledger.terms.TermKey;
import org.agreementledger.time.Day;
import org.agreementledger.tokens.Role;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The ledger's command line. */
public final class LedgerCommand {

    private static final SequencedMap<String, Function<Terminal, Object>> COMMANDS =
            new LinkedHashMap<>();

    static {
        COMMANDS.put("demo", DemoCommand::new);
        COMMANDS.put("serve", ServeCommand::new);
        COMMANDS.put("record", RecordCommand::new);
        COMMANDS.put("import", ImportCommand::new);
        COMMANDS.put("export", ExportCommand::new);
        COMMANDS.put("agreements", AgreementsCommand::new);
        COMMANDS.put("terms", TermsCommand::new);
        COMMANDS.put("history", HistoryCommand::new);
        COMMANDS.put("diff", DiffCommand::new);
        COMMANDS.put("constancy", ConstancyCommand::new);
        COMMANDS.put("entries", EntriesCommand::new);
        COMMANDS.put("replay", ReplayCommand::new);
        COMMANDS.put("rebuild", RebuildCommand::new);
        COMMANDS.put("verify", VerifyCommand::new);
        COMMANDS.put("backup", BackupCommand::new);
        COMMANDS.put("restore", RestoreCommand::new);
        COMMANDS.put("token", TokenCommand::line);
        COMMANDS.put("rehearse", RehearseCommand::new);
    }

    private final Clock clock;
    private final Map<String, String> environment;

    public LedgerCommand() {
        this(Clock.systemUTC(), System.getenv());
    }

    /**
     * @param environment in place of the process's own
     */
    public LedgerCommand(Clock clock, Map<String, String> environment) {
        this.clock = clock;
        this.environment = environment;
    }

    public static void main(String[] args) {
        Logging.ofCommand();
        System.exit(
                new LedgerCommand()
                        .run(
                                new PrintWriter(System.out, false, charset("stdout.encoding")),
                                new PrintWriter(System.err, true, charset("stderr.encoding")),
                                System.in,
                                args));
    }

    private static Charset charset(String property) {
        String name = System.getProperty(property);
        return name != null && Charset.isSupported(name)
                ? Charset.forName(name)
                : Charset.defaultCharset();
    }

    /** Runs one command line and gives its exit code. */
    public int run(PrintWriter out, PrintWriter err, InputStream in, String... args) {
        Terminal terminal = new Terminal(out, err, in, environment, clock);
        try {
            return commandLine(terminal, args).execute(args);
        } finally {
            out.flush();
            err.flush();
        }
    }

    /** With every command, in the order in which help tells of them. */
    static CommandLine commandLine(Terminal terminal) {
        CommandLine line = new CommandLine(new Top());
        COMMANDS.forEach((name, command) -> line.addSubcommand(name, command.apply(terminal)));
        return setUp(line, terminal);
    }

    /** With the command that is asked for alone: to describe the others takes a while. */
    private static CommandLine commandLine(Terminal terminal, String[] args) {
        String name = args.length == 0 ? "" : args[0];
        Function<Terminal, Object> command = COMMANDS.get(name);
        return command == null
                ? commandLine(terminal)
                : setUp(
                        new CommandLine(new Top()).addSubcommand(name, command.apply(terminal)),
                        terminal);
    }

    private static CommandLine setUp(CommandLine line, Terminal terminal) {
        boolean colours =
                terminal.isTerminal("out") && !terminal.environment().containsKey("NO_COLOR");
        return line.setOut(terminal.out())
                .setErr(terminal.err())
                .setColorScheme(CommandLine.Help.defaultColorScheme(colours ? Ansi.ON : Ansi.OFF))
                .setUsageHelpWidth(Math.max(Page.WIDTH_MIN + 15, terminal.width()))
                .setExpandAtFiles(false) // @16 is a position
                .registerConverter(AgreementId.class, text -> converted(AgreementId::new, text))
                .registerConverter(VerifierKey.class, text -> converted(VerifierKey::parse, text))
                .registerConverter(
                        WitnessAddress.class, text -> converted(WitnessAddress::parse, text))
                .registerConverter(Role.class, text -> converted(Role::parse, text))
                .registerConverter(TermKey.class, text -> converted(TermKey::new, text))
                .registerConverter(KnownAt.class, text -> converted(KnownAt::parse, text))
                .registerConverter(
                        LocalDate.class,
                        text -> converted(day -> Day.parse(day).inRange().date(), text))
                .registerConverter(Integer.class, LedgerCommand::whole)
                .registerConverter(int.class, LedgerCommand::whole)
                .registerConverter(View.class, text -> converted(LedgerCommand::view, text))
                .registerConverter(ExportFormat.class, text -> converted(ExportFormat::parse, text))
                .registerConverter(
                        EntriesFormat.class, text -> converted(EntriesFormat::parse, text))
                .setParameterExceptionHandler((e, _) -> wrongUsage(terminal, e))
                .setExecutionExceptionHandler((e, _, parsed) -> failed(terminal, e, parsed));
    }

    private static <T> T converted(Function<String, T> converter, String text) {
        try {
            return converter.apply(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }

    private static int whole(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new TypeConversionException("'" + text + "' is not a whole number");
        }
    }

    private static View view(String text) {
        for (View view : View.values()) {
            if (view.slug().equals(text.toLowerCase(Locale.ROOT))) {
                return view;
            }
        }
        throw new IllegalArgumentException("'" + text + "' is neither confirmed nor all");
    }

    private static int wrongUsage(Terminal terminal, ParameterException e) {
        String sentence = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        if (e instanceof UnmatchedArgumentException unmatched) {
            if (e.getCommandLine().getCommand() instanceof Top top
                    && !unmatched.isUnknownOption()) {
                sentence =
                        "There is no command '%s'; there are %s"
                                .formatted(unmatched.getUnmatched().getFirst(), top.commands());
            } else if (!unmatched.getSuggestions().isEmpty()) {
                sentence +=
                        "; did you mean " + String.join(" or ", unmatched.getSuggestions()) + "?";
            }
        }
        terminal.say(
                (sentence.endsWith("?") || sentence.endsWith(".") ? sentence : sentence + ".")
                        + " See ./"
                        + e.getCommandLine().getCommandSpec().qualifiedName()
                        + " --help.");
        return ExitCode.USAGE;
    }

    private static int failed(Terminal terminal, Exception e, ParseResult parsed) {
        terminal.out().flush();
        terminal.say(sentence(e));
        ParseResult command = parsed;
        while (command.hasSubcommand()) {
            command = command.subcommand();
        }
        if (command.hasMatchedOption("--debug")) {
            e.printStackTrace(terminal.err());
        }
        return exitCode(e);
    }

    private static String sentence(Exception e) {
        return switch (e) {
            case Refused refused -> Refusals.sentence(refused);
            case Failure failure -> String.valueOf(failure.getMessage());
            case ReadOnly readOnly -> String.valueOf(readOnly.getMessage());
            case Unconfirmed unconfirmed -> String.valueOf(unconfirmed.getMessage());
            case LedgerNode.DatabaseInUse inUse ->
                    inUse.getMessage() + " Stop it, or ask it over HTTP.";
            case IllegalArgumentException wrong -> Reasons.first(wrong) + ".";
            default ->
                    Damage.of(e)
                            .map(damage -> "The ledger cannot be read: " + damage + ".")
                            .or(() -> Damage.ofDisk(e).map(NotDurable::getMessage))
                            .orElseGet(() ->
                                    "Something is wrong inside the ledger ("
                                            + e.getClass().getSimpleName()
                                            + ": "
                                            + Reasons.first(e)
                                            + "); run it again with --debug and report what it prints.");
        };
    }

    private static int exitCode(Exception e) {
        return switch (e) {
            case Failure failure -> failure.exitCode();
            case Refused _, IllegalArgumentException _ -> ExitCode.USAGE;
            default -> ExitCode.CANNOT_RUN;
        };
    }

    @Command(
            name = "ledger",
            description = {
                "Records what happens to long-lived agreements as immutable entries, rebuilds the terms in force on any day,"
                        + " and shows after each entry that the terms stayed as they were, or exactly which changed."
            },
            synopsisSubcommandLabel = "COMMAND",
            sortOptions = false,
            footerHeading = "%nFor a start:%n",
            footer = {
                "  ./ledger demo",
                "  ./ledger constancy microsoft-openai --demo --from 2025-10-28 --to 2026-04-27"
            },
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {
                "0:fine",
                "1:found a difference: a term changed, two points differ, or the read models differ from the fold",
                "2:wrong usage: a bad option or entry, or refused by a rule",
                "3:cannot run: the database is in use or cannot be opened, the port is taken"
            },
            versionProvider = Version.class)
    static final class Top implements Runnable {
        @Option(
                names = {"-h", "--help"},
                usageHelp = true,
                description = "This help.")
        boolean help;

        @Option(
                names = {"-V", "--version"},
                versionHelp = true,
                description = "The version.")
        boolean version;

        @CommandLine.Spec CommandLine.Model.CommandSpec spec;

        @Override
        public void run() {
            throw new ParameterException(spec.commandLine(), "Say what to do: " + commands());
        }

        String commands() {
            return String.join(", ", spec.subcommands().keySet());
        }
    }

    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = LedgerCommand.class.getPackage().getImplementationVersion();
            return new String[] {
                "agreement ledger " + (version == null ? "(not packaged)" : version)
            };
        }
    }
}
