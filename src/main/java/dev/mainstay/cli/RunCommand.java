package dev.mainstay.cli;

import dev.mainstay.MainstayApplication;
import dev.mainstay.StartFailed;
import dev.mainstay.SupervisorConfiguration;
import dev.mainstay.SupervisorConfiguration.Supervision;
import dev.mainstay.cluster.InstanceType;
import dev.mainstay.cluster.Mode;
import dev.mainstay.cluster.Moment;
import dev.mainstay.cluster.Surroundings;
import dev.mainstay.config.MainstayConfig;
import dev.mainstay.config.Reading;
import dev.mainstay.credits.BurstableType;
import dev.mainstay.journal.JournalException;
import dev.mainstay.journal.sqlite.SqliteJournal;
import dev.mainstay.planning.PublishedPasses;
import dev.mainstay.reconcile.EventLog;
import dev.mainstay.reconcile.PassFeed;
import dev.mainstay.reconcile.PassPublisher;
import dev.mainstay.reconcile.Supervisor;
import dev.mainstay.simulation.demo.Demo;
import dev.mainstay.simulation.trace.TraceException;
import dev.mainstay.status.Banner;
import dev.mainstay.status.StatusInputs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code mainstay run}: the daemon, on AWS with a config, and on the simulated AWS without one. */
@Command(
        name = "run",
        description = {
            "Supervises the clusters of a config file.",
            "Without one it runs the demo: a small cluster on a simulated AWS, on http://127.0.0.1:8080/."
        },
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields before it calls a command
final class RunCommand implements Callable<Integer> {
    /** The lines tell virtual time; the real one beside it would only confuse. */
    private static final Map<String, Object> VIRTUAL_TIME_ONLY = Map.of("logging.pattern.console", "%-5p %m%n%ex{0}");

    @Spec
    private CommandSpec spec;

    @Option(names = "--config", paramLabel = "FILE", description = "The config file.")
    private @Nullable Path config;

    @Mixin
    private DemoArguments demo;

    @Override
    public Integer call() throws InterruptedException {
        demo.objection(config != null).ifPresent(objection -> {
            throw new ParameterException(spec.commandLine(), objection);
        });
        if (config != null) {
            return daemon(config);
        }
        // As fast as possible, and with an end: there is nothing to watch, so nothing is served.
        return demo.pace().unlimited() && demo.length().isPresent()
                ? unwatched(demo.length().get())
                : watched();
    }

    private int daemon(Path file) throws InterruptedException {
        Reading.Read read = ConfigArgument.read(file, spec.commandLine().getErr());
        PassPublisher publisher = new PassPublisher();
        PublishedPasses passes = new PublishedPasses(read.config().clusters());
        Supplier<Moment> clock = SupervisorConfiguration.systemClock();
        List<String> damage = new ArrayList<>();
        Supervision supervision =
                supervision(read.config(), publisher, clock, SupervisorConfiguration.surroundings(file), damage::add);
        Supervisor supervisor = supervision.supervisor();
        ConfigReload reload = new ConfigReload(
                file,
                read,
                changed -> {
                    passes.follow(changed.clusters());
                    supervision.follow(changed);
                },
                supervisor::note,
                () -> clock.get().wall());
        boolean reloads = HangupSignal.calls(reload);
        publisher.subscribe(passes::publish).subscribe(new PassFeed(new EventLog(false)));
        StatusInputs inputs = new StatusInputs(
                passes,
                () -> reload.running().mode(),
                () -> clock.get().wall(),
                Banner.NONE,
                RunCommand::creditCeiling);
        ConfigurableApplicationContext context = start(inputs, publisher, read.bootKeys());
        CountDownLatch closed = closing(context);
        damage.forEach(LoggerFactory.getLogger("mainstay")::error); // not before there is a log
        LoggerFactory.getLogger("mainstay").info(greeting(read.config(), port(context)));
        if (!reloads) {
            LoggerFactory.getLogger("mainstay").info("no SIGHUP here: a changed config takes effect at the next start");
        }
        supervisor.start();
        closed.await();
        supervisor.stop();
        return ExitCode.DONE.number();
    }

    private static Supervision supervision(
            MainstayConfig config,
            PassPublisher publisher,
            Supplier<Moment> clock,
            Supplier<Surroundings> surroundings,
            Consumer<String> told) {
        try {
            return SupervisorConfiguration.supervision(config, publisher, clock, surroundings, told);
        } catch (JournalException e) {
            throw new CommandFailed(ExitCode.FAILED, String.valueOf(e.getMessage()));
        }
    }

    private static ConfigurableApplicationContext start(
            StatusInputs inputs, PassPublisher publisher, Map<String, Object> bootKeys) {
        try {
            return MainstayApplication.start(inputs, publisher, bootKeys);
        } catch (StartFailed e) {
            throw new CommandFailed(ExitCode.FAILED, String.valueOf(e.getMessage()));
        }
    }

    private static String greeting(MainstayConfig config, String port) {
        return "supervising %s; status on port %s"
                .formatted(
                        config.clusters().stream()
                                .map(cluster -> "%s in %s (%s, every %ds)"
                                        .formatted(
                                                cluster.name(),
                                                cluster.region(),
                                                cluster.mode().label(),
                                                cluster.interval().toSeconds()))
                                .collect(Collectors.joining(", ")),
                        port);
    }

    private int watched() {
        PassPublisher publisher = new PassPublisher();
        try (Demo shown = demo(publisher);
                EventFile events = demo.events().map(EventFile::new).orElse(null)) {
            PublishedPasses passes = new PublishedPasses(List.of(shown.spec()));
            EventLog log = new EventLog(true);
            publisher.subscribe(passes::publish).subscribe(new PassFeed(event -> {
                log.accept(event);
                if (events != null) {
                    events.accept(event);
                }
            }));
            String text = "Nothing of yours is touched. " + String.join("; ", shown.notes()) + ".";
            StatusInputs inputs = new StatusInputs(
                    passes,
                    () -> Mode.ACT,
                    () -> shown.now().wall(),
                    () -> Optional.of(text),
                    RunCommand::creditCeiling);
            try (ConfigurableApplicationContext context = start(inputs, publisher, VIRTUAL_TIME_ONLY)) {
                shown.notes().forEach(note -> spec.commandLine().getOut().println(note));
                spec.commandLine().getOut().println("The page: http://127.0.0.1:" + port(context) + "/");
                context.addApplicationListener(event -> {
                    if (event instanceof ContextClosedEvent) {
                        shown.end();
                    }
                });
                demo.length().ifPresentOrElse(shown::run, shown::runForever);
            }
        }
        return ExitCode.DONE.number();
    }

    private int unwatched(Duration length) {
        QuietLogging.begin();
        PassPublisher publisher = new PassPublisher();
        long lines = 0;
        Duration wall;
        try (Demo shown = demo(publisher);
                EventFile events = demo.events().map(EventFile::new).orElse(null)) {
            if (events != null) {
                publisher.subscribe(new PassFeed(events));
            }
            long began = System.nanoTime();
            shown.run(length);
            wall = Duration.ofNanos(System.nanoTime() - began);
            shown.notes().forEach(note -> spec.commandLine().getOut().println(note));
            lines = events == null ? 0 : events.lines();
        }
        spec.commandLine()
                .getOut()
                .println("%d simulated days, %d events written; simulated / wall: %.0f"
                        .formatted(length.toDays(), lines, (double) length.toNanos() / wall.toNanos()));
        return ExitCode.DONE.number();
    }

    private Demo demo(PassPublisher publisher) {
        try {
            return new Demo(demo.options(), SqliteJournal.inMemory(), publisher);
        } catch (TraceException e) {
            e.messages().forEach(spec.commandLine().getErr()::println);
            throw new CommandFailed(ExitCode.BAD_USAGE, "the recorded histories cannot be used; see above");
        }
    }

    private static CountDownLatch closing(ConfigurableApplicationContext context) {
        CountDownLatch closed = new CountDownLatch(1);
        context.addApplicationListener(event -> {
            if (event instanceof ContextClosedEvent) {
                closed.countDown();
            }
        });
        return closed;
    }

    private static String port(ConfigurableApplicationContext context) {
        return context.getEnvironment().getProperty("local.server.port", "8080");
    }

    private static OptionalDouble creditCeiling(String type) {
        return BurstableType.of(new InstanceType(type)).stream()
                .mapToDouble(BurstableType::maxBalance)
                .findFirst();
    }
}
