package dev.mainstay.cli;

import dev.mainstay.catalog.Catalog;
import dev.mainstay.cluster.CreditMode;
import dev.mainstay.cluster.InstanceType;
import dev.mainstay.config.Nearest;
import dev.mainstay.credits.BurstableType;
import dev.mainstay.credits.CreditAccount;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mainstay credits}: the CPU-credit calculator. It asks nobody: neither AWS nor a daemon. */
@Command(
        name = "credits",
        description = "Reckons the CPU credits of a burstable instance under a load.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example, six hours of a t2.micro:",
            "  mainstay credits t2.micro --balance 138 --load 0%%:2h,100%%:4h"
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields before it calls a command
final class CreditsCommand implements Runnable {
    private static final String FAMILIES = "T2, T3, T3a and T4g, nano to 2xlarge";

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "TYPE", description = "A burstable instance type, such as t3.micro.")
    private String typeName;

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            description = "standard or unlimited; when not given, the mode in which EC2 launches the type.")
    private @Nullable CreditMode mode;

    @ArgGroup
    private @Nullable Start start;

    @Option(
            names = "--load",
            paramLabel = "LOAD",
            required = true,
            converter = CpuLoad.Converter.class,
            description = "What the CPU is asked to do, one period after the other: its load in percent of all vCPUs,"
                    + " and how long, as 0%%:1h,100%%:30m.")
    private CpuLoad load;

    @Mixin
    private OutputOption output;

    /** With what the instance begins. */
    static final class Start {
        @Option(
                names = "--balance",
                paramLabel = "CREDITS",
                required = true,
                description = "Begin with this many earned credits.")
        private @Nullable Double balance;

        @Option(
                names = "--fresh",
                required = true,
                description = "Begin as EC2 launches it: with launch credits for T2 in standard mode, else with none."
                        + " This is so when neither is given.")
        @SuppressWarnings("unused") // it is what happens without --balance; picocli keeps the two apart
        private boolean fresh;
    }

    @Override
    public void run() {
        CreditAccount account = account(burstable());
        CreditsReport report = CreditsReport.of(account, load);
        output.print(report, () -> report.text(account));
    }

    private CreditAccount account(BurstableType type) {
        CreditMode wanted = mode == null ? type.defaultMode() : mode;
        Double balance = start == null ? null : start.balance;
        if (balance == null) {
            return CreditAccount.launched(type, wanted, true);
        }
        if (!(balance >= 0 && balance <= type.maxBalance())) {
            throw refused("--balance %s: a %s holds 0 to %s earned credits"
                    .formatted(CreditsReport.number(balance), type.type(), CreditsReport.number(type.maxBalance())));
        }
        return CreditAccount.withBalance(type, wanted, balance);
    }

    private BurstableType burstable() {
        List<BurstableType> all = BurstableType.all();
        return all.stream()
                .filter(known -> known.type().name().equals(typeName))
                .findFirst()
                .orElseThrow(() -> refused(whyNot(all)));
    }

    private String whyNot(List<BurstableType> all) {
        if (typeName.toLowerCase(Locale.ROOT).startsWith("t1.")) {
            return "%s has no credits that AWS documents, so they cannot be reckoned; the types that have are %s"
                    .formatted(typeName, FAMILIES);
        }
        if (Catalog.shipped().types().stream().map(InstanceType::name).anyMatch(typeName::equals)) {
            return "%s is not burstable and has no CPU credits; the types that have are %s"
                    .formatted(typeName, FAMILIES);
        }
        Optional<String> near = Nearest.to(
                typeName.toLowerCase(Locale.ROOT),
                all.stream().map(known -> known.type().name()).toList());
        return "unknown burstable type '%s'%s; there are %s"
                .formatted(typeName, near.map(name -> ", perhaps " + name).orElse(""), FAMILIES);
    }

    private ParameterException refused(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
