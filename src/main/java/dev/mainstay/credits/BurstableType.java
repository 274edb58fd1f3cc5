package dev.mainstay.credits;

import dev.mainstay.cluster.CreditMode;
import dev.mainstay.cluster.InstanceType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An instance type that pays for CPU time with credits, and its rates. T1 is missing on purpose: AWS documents no
 * credits for it. Immutable.
 *
 * <p>Source of the figures: EC2 User Guide, "Key concepts for burstable performance instances" (table of earned credits)
 * and "Launch credits"; of the default modes, "Unlimited mode concepts".
 *
 * @param vcpus the virtual CPUs; one credit runs one of them at 100 % for one minute
 * @param baselinePercent the load that earning just pays for, in percent of each vCPU; as CloudWatch's CPUUtilization
 * @param creditsPerHour what a running instance earns, in credits per hour
 * @param maxBalance the most earned credits that it can hold, in credits: 24 hours of earning
 * @param launchCredits what it is given at each launch and start in standard mode, in credits; zero but for T2
 * @param defaultMode the mode in which EC2 launches it when asked for none
 */
public record BurstableType(
        InstanceType type,
        int vcpus,
        double baselinePercent,
        double creditsPerHour,
        double maxBalance,
        double launchCredits,
        CreditMode defaultMode) {

    /** The forerunner: throttled by an older scheme of which AWS shows no credits. */
    public static final InstanceType T1 = new InstanceType("t1.micro");

    private static final Map<InstanceType, BurstableType> KNOWN = known();

    public BurstableType {
        if (vcpus < 1 || !(baselinePercent > 0 && baselinePercent < 100) || !(launchCredits >= 0)) {
            throw new IllegalArgumentException(
                    "%s: no type has such vCPUs, baseline or launch credits".formatted(type));
        }
        // The documentation states all three, and the model relies on their being one fact.
        if (Math.abs(creditsPerHour - baselinePercent / 100 * vcpus * 60) > 1e-9
                || Math.abs(maxBalance - 24 * creditsPerHour) > 1e-9) {
            throw new IllegalArgumentException("%s: baseline, earning and cap contradict each other".formatted(type));
        }
    }

    /** The rates of this type; empty where it is not burstable, not known, or T1. */
    public static Optional<BurstableType> of(InstanceType type) {
        return Optional.ofNullable(KNOWN.get(type));
    }

    /** Every burstable type that is known, family by family, each from small to large. */
    public static List<BurstableType> all() {
        return List.copyOf(KNOWN.values());
    }

    /**
     * What a load costs, in credits per minute.
     *
     * @param cpuPercent the load in percent of each vCPU
     */
    public double creditsPerMinute(double cpuPercent) {
        return cpuPercent * vcpus / 100;
    }

    private static Map<InstanceType, BurstableType> known() {
        Map<InstanceType, BurstableType> types = new LinkedHashMap<>();
        add(types, "t2.nano", 1, 5, 3, 72, 30, CreditMode.STANDARD);
        add(types, "t2.micro", 1, 10, 6, 144, 30, CreditMode.STANDARD);
        add(types, "t2.small", 1, 20, 12, 288, 30, CreditMode.STANDARD);
        add(types, "t2.medium", 2, 20, 24, 576, 60, CreditMode.STANDARD);
        add(types, "t2.large", 2, 30, 36, 864, 60, CreditMode.STANDARD);
        add(types, "t2.xlarge", 4, 22.5, 54, 1296, 120, CreditMode.STANDARD);
        add(types, "t2.2xlarge", 8, 17, 81.6, 1958.4, 240, CreditMode.STANDARD);
        for (String family : List.of("t3", "t3a", "t4g")) {
            add(types, family + ".nano", 2, 5, 6, 144, 0, CreditMode.UNLIMITED);
            add(types, family + ".micro", 2, 10, 12, 288, 0, CreditMode.UNLIMITED);
            add(types, family + ".small", 2, 20, 24, 576, 0, CreditMode.UNLIMITED);
            add(types, family + ".medium", 2, 20, 24, 576, 0, CreditMode.UNLIMITED);
            add(types, family + ".large", 2, 30, 36, 864, 0, CreditMode.UNLIMITED);
            add(types, family + ".xlarge", 4, 40, 96, 2304, 0, CreditMode.UNLIMITED);
            add(types, family + ".2xlarge", 8, 40, 192, 4608, 0, CreditMode.UNLIMITED);
        }
        return Collections.unmodifiableMap(types);
    }

    private static void add(
            Map<InstanceType, BurstableType> types,
            String name,
            int vcpus,
            double baselinePercent,
            double creditsPerHour,
            double maxBalance,
            double launchCredits,
            CreditMode defaultMode) {
        InstanceType type = new InstanceType(name);
        types.put(
                type,
                new BurstableType(
                        type, vcpus, baselinePercent, creditsPerHour, maxBalance, launchCredits, defaultMode));
    }
}
