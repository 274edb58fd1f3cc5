package dev.mainstay.testing;

import dev.mainstay.cluster.ClusterName;
import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.CreditMode;
import dev.mainstay.cluster.InstanceType;
import dev.mainstay.cluster.LaunchBy;
import dev.mainstay.cluster.MaintenanceWindow;
import dev.mainstay.cluster.Mode;
import dev.mainstay.cluster.Remedy;
import dev.mainstay.cluster.TargetGroup;
import dev.mainstay.cluster.Zone;
import dev.mainstay.simulation.WorldSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A spec being drawn up: the micro cluster with every default, of which a test changes what it is about. */
public final class SpecDraft {
    private ClusterName name = new ClusterName("blog");
    private Mode mode = Mode.ACT;
    private Duration interval = Duration.ofSeconds(30);
    private ClusterSpec.Launch launch = new ClusterSpec.Launch(
            "lt-1",
            "$Default",
            new TreeMap<>(Map.of(
                    new Zone("us-east-1a"), "subnet-a",
                    new Zone("us-east-1b"), "subnet-b",
                    new Zone("us-east-1c"), "subnet-c")),
            Map.of());
    private int desired = 4;
    private Integer min;
    private Integer max;
    private Integer base;
    private List<InstanceType> onDemandTypes = List.of(Specs.T2_MICRO);
    private boolean spot = true;
    private List<InstanceType> spotTypes = List.of(Specs.T2_MICRO);
    private Double maxPrice;
    private Duration atRiskFor = Duration.ofMinutes(8);
    private Duration insureFor = Duration.ofHours(2);
    private boolean moves = true;
    private boolean rebalanceCandidates;
    private Remedy remedy = Remedy.AUTO;
    private int launchesPerDay = 100;
    private double resumeAt = 30;
    private InstanceType fallbackType;
    private CreditMode spotMode = CreditMode.UNLIMITED;
    private Double usdPerHour;
    private double maxUnhealthy = 0.4;
    private boolean countForeign;
    private int flapsPerHour = 3;
    private Duration unhealthyAfter = Duration.ofMinutes(5);
    private Duration startupGrace = Duration.ofMinutes(10);
    private Duration leftAlone = Duration.ofHours(1);
    private List<TargetGroup> targetGroups = List.of(Sketch.GROUP);
    private Duration youngNode = Duration.ofMinutes(10);
    private Integer healsPerHour;
    private Integer returnsPerDay;
    private Double usdPerMonth;
    private int disruptionsPerHour = 2;
    private int disruptionsPerDay = 6;
    private Duration heldBackAfter = Duration.ofHours(6);
    private List<MaintenanceWindow> windows = List.of();

    private SpecDraft() {}

    /** Four t2.micro over three zones, one of them the on-demand base. */
    public static SpecDraft micro() {
        return new SpecDraft();
    }

    public SpecDraft name(String changed) {
        name = new ClusterName(changed);
        return this;
    }

    public SpecDraft mode(Mode changed) {
        mode = changed;
        return this;
    }

    public SpecDraft interval(Duration changed) {
        interval = changed;
        return this;
    }

    public SpecDraft zones(SortedMap<Zone, String> subnets) {
        launch = new ClusterSpec.Launch(
                launch.template(), launch.version(), subnets, launch.tags(), launch.keepFailed(), launch.by());
        return this;
    }

    public SpecDraft templateVersion(String version) {
        launch = new ClusterSpec.Launch(
                launch.template(), version, launch.subnets(), launch.tags(), launch.keepFailed(), launch.by());
        return this;
    }

    public SpecDraft keepFailed(Duration time) {
        launch = new ClusterSpec.Launch(
                launch.template(), launch.version(), launch.subnets(), launch.tags(), time, launch.by());
        return this;
    }

    public SpecDraft launchBy(LaunchBy by) {
        launch = new ClusterSpec.Launch(
                launch.template(), launch.version(), launch.subnets(), launch.tags(), launch.keepFailed(), by);
        return this;
    }

    /** The floor, the maximum and the base follow, as in a config, unless they are set. */
    public SpecDraft desired(int changed) {
        desired = changed;
        return this;
    }

    public SpecDraft min(int changed) {
        min = changed;
        return this;
    }

    public SpecDraft max(int changed) {
        max = changed;
        return this;
    }

    public SpecDraft base(int changed) {
        base = changed;
        return this;
    }

    public SpecDraft onDemandTypes(InstanceType... types) {
        onDemandTypes = List.of(types);
        return this;
    }

    public SpecDraft onDemandOnly() {
        spot = false;
        return this;
    }

    public SpecDraft spotTypes(InstanceType... types) {
        spotTypes = List.of(types);
        return this;
    }

    public SpecDraft maxPrice(double usdAnHour) {
        maxPrice = usdAnHour;
        return this;
    }

    public SpecDraft atRiskFor(Duration changed) {
        atRiskFor = changed;
        return this;
    }

    public SpecDraft insureFor(Duration changed) {
        insureFor = changed;
        return this;
    }

    public SpecDraft moves(boolean changed) {
        moves = changed;
        return this;
    }

    public SpecDraft rebalanceCandidates(boolean changed) {
        rebalanceCandidates = changed;
        return this;
    }

    public SpecDraft remedy(Remedy changed) {
        remedy = changed;
        return this;
    }

    public SpecDraft resumeAt(double credits) {
        resumeAt = credits;
        return this;
    }

    public SpecDraft fallbackType(String type) {
        fallbackType = new InstanceType(type);
        return this;
    }

    public SpecDraft spotMode(CreditMode changed) {
        spotMode = changed;
        return this;
    }

    public SpecDraft launchesPerDay(int changed) {
        launchesPerDay = changed;
        return this;
    }

    public SpecDraft usdPerHour(double cap) {
        usdPerHour = cap;
        return this;
    }

    public SpecDraft maxUnhealthy(double ratio) {
        maxUnhealthy = ratio;
        return this;
    }

    public SpecDraft youngNode(Duration changed) {
        youngNode = changed;
        return this;
    }

    /** Healthy targets that are not ours count. */
    public SpecDraft countForeign() {
        countForeign = true;
        return this;
    }

    public SpecDraft flapsPerHour(int changed) {
        flapsPerHour = changed;
        return this;
    }

    public SpecDraft unhealthyAfter(Duration changed) {
        unhealthyAfter = changed;
        return this;
    }

    public SpecDraft startupGrace(Duration changed) {
        startupGrace = changed;
        return this;
    }

    public SpecDraft leftAlone(Duration changed) {
        leftAlone = changed;
        return this;
    }

    public SpecDraft targetGroups(TargetGroup... changed) {
        targetGroups = List.of(changed);
        return this;
    }

    public SpecDraft healsPerHour(int changed) {
        healsPerHour = changed;
        return this;
    }

    public SpecDraft returnsPerDay(int changed) {
        returnsPerDay = changed;
        return this;
    }

    public SpecDraft usdPerMonth(double cap) {
        usdPerMonth = cap;
        return this;
    }

    public SpecDraft disruptions(int perHour, int perDay) {
        disruptionsPerHour = perHour;
        disruptionsPerDay = perDay;
        return this;
    }

    public SpecDraft heldBackAfter(Duration changed) {
        heldBackAfter = changed;
        return this;
    }

    public SpecDraft windows(MaintenanceWindow... changed) {
        windows = List.of(changed);
        return this;
    }

    public ClusterSpec build() {
        return new ClusterSpec(
                name,
                mode,
                "us-east-1",
                interval,
                targetGroups,
                launch,
                new ClusterSpec.Capacity(
                        desired,
                        min == null ? (desired + 1) / 2 : min,
                        max == null ? 2 * desired : max,
                        base == null ? Math.min(1, desired) : base,
                        onDemandTypes,
                        countForeign),
                spot
                        ? Optional.of(new ClusterSpec.Spot(
                                spotTypes,
                                maxPrice,
                                Duration.ofMinutes(15),
                                0.1,
                                atRiskFor,
                                insureFor,
                                moves,
                                rebalanceCandidates))
                        : Optional.empty(),
                new ClusterSpec.Health(
                        startupGrace,
                        unhealthyAfter,
                        Duration.ofMinutes(1),
                        maxUnhealthy,
                        Duration.ofMinutes(15),
                        flapsPerHour,
                        leftAlone),
                new ClusterSpec.Credits(remedy, 5, resumeAt, launchesPerDay, fallbackType, spotMode),
                new ClusterSpec.Guards(
                        usdPerHour,
                        usdPerMonth,
                        youngNode,
                        healsPerHour == null ? Math.max(2, desired / 10) : healsPerHour,
                        returnsPerDay == null ? Math.max(12, 6 * desired) : returnsPerDay,
                        disruptionsPerHour,
                        disruptionsPerDay,
                        heldBackAfter,
                        windows));
    }

    /** The same in that place of a simulated world. */
    public ClusterSpec in(WorldSpec.Place place) {
        return Specs.in(build(), place);
    }
}
