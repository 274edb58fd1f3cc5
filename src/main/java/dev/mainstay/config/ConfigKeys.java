package dev.mainstay.config;

import dev.mainstay.cluster.CreditMode;
import dev.mainstay.cluster.LaunchBy;
import dev.mainstay.cluster.Mode;
import dev.mainstay.cluster.Remedy;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The shape of a config file: every key that exists below {@code mainstay}, its type and its default. Names are those of
 * the components in kebab case. A component that may be null has no default, or one that depends on other keys and is
 * reckoned where the cluster is put together.
 *
 * <p>Types, ARNs and other texts stay text here, so that each element of a list is judged, not only the first bad one.
 */
final class ConfigKeys {
    private ConfigKeys() {}

    record Root(
            @DefaultValue("observe") Mode mode,
            @DefaultValue("30s") Span interval,
            @DefaultValue("/var/lib/mainstay") String state,
            @DefaultValue Map<String, Cluster> clusters,
            @DefaultValue List<Price> onDemandPrices) {}

    record Cluster(
            @Nullable Mode mode,
            @Nullable Span interval,
            @Nullable String region,
            @DefaultValue LoadBalancer loadBalancer,
            @DefaultValue Group group,
            @DefaultValue Launch launch,
            @DefaultValue Capacity capacity,
            @Nullable Spot spot,
            @DefaultValue Health health,
            @DefaultValue Credits credits,
            @DefaultValue Guards guards) {}

    record LoadBalancer(
            @DefaultValue List<String> targetGroups,
            @DefaultValue List<String> classic) {}

    /**
     * @param name of the one group
     * @param spot of the group of spot nodes, beside that of {@code onDemand}
     */
    record Group(
            @Nullable String name,
            @Nullable String spot,
            @Nullable String onDemand,
            @Nullable String hook) {}

    record Launch(
            @DefaultValue Template template,
            @DefaultValue Map<String, String> subnets,
            @DefaultValue List<Tag> tags,
            @DefaultValue("24h") Span keepFailed,
            @DefaultValue("run-instances") LaunchBy by) {}

    record Template(
            @Nullable String id, @DefaultValue("$Default") String version) {}

    record Tag(@Nullable String key, @Nullable String value) {}

    record Capacity(
            @Nullable Count desired,
            @Nullable Count min,
            @Nullable Count max,
            @Nullable Count onDemandBase,
            @DefaultValue List<String> onDemandTypes,
            @DefaultValue("false") Flag allowZero,
            @DefaultValue("false") Flag countForeign) {}

    record Spot(
            @DefaultValue List<String> types,
            @Nullable Usd maxPrice,
            @DefaultValue("15m") Span returnAfter,
            @DefaultValue("10%") Percent returnMargin,
            @DefaultValue("8m") Span atRiskFor,
            @DefaultValue("2h") Span insureFor,
            @DefaultValue("true") Flag moves,
            @DefaultValue("false") Flag rebalanceCandidates) {}

    record Health(
            @DefaultValue("10m") Span startupGrace,
            @DefaultValue("5m") Span unhealthyAfter,
            @DefaultValue("1m") Span healthyFor,
            @DefaultValue("40%") Percent maxUnhealthy,
            @DefaultValue("15m") Span registrationDeadline,
            @DefaultValue("3") Count flapsPerHour,
            @DefaultValue("1h") Span leftAlone) {}

    /**
     * @param launchesPerDay 100 is AWS's own limit on T2 launches with launch credits per account, region and rolling 24
     *     hours (EC2 User Guide, "Burstable performance instances, standard mode"); new accounts may have fewer
     * @param fallbackType for the remedy {@code promote}
     */
    record Credits(
            @DefaultValue("auto") Remedy remedy,
            @DefaultValue("5") Amount exhaustedBelow,
            @DefaultValue("30") Amount resumeAt,
            @DefaultValue("100") Count launchesPerDay,
            @Nullable String fallbackType,
            @DefaultValue("unlimited") CreditMode spotMode) {}

    record Guards(
            @Nullable Usd usdPerHour,
            @Nullable Usd usdPerMonth,
            @DefaultValue("10m") Span youngNode,
            @Nullable Count healsPerHour,
            @Nullable Count returnsPerDay,
            @DefaultValue("2") Count disruptionsPerHour,
            @DefaultValue("6") Count disruptionsPerDay,
            @DefaultValue("6h") Span heldBackAfter,
            @DefaultValue List<Window> windows) {}

    /**
     * @param days all, where none is named
     * @param reasons all, where none is named
     */
    record Window(
            @DefaultValue List<String> days,
            @Nullable TimeOfDay from,
            @Nullable TimeOfDay to,
            @DefaultValue("UTC") String zone,
            @DefaultValue List<String> reasons) {}

    record Price(
            @Nullable String region,
            @Nullable String type,
            @Nullable Usd usdPerHour) {}
}
