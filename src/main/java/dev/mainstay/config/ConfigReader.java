package dev.mainstay.config;

import dev.mainstay.catalog.OnDemandPrice;
import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.InstanceType;
import dev.mainstay.config.Findings.Place;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;

/**
 * The one reader of config files, before any Spring context starts: the file is walked for keys, the binder makes values
 * of their texts, and the values are judged together. Each step goes on with what the one before let pass, so that every
 * mistake comes in one go. Never throws for what is in a file; without state, safe to share between threads.
 */
public final class ConfigReader {
    private ConfigReader() {}

    /** Reads a file. That it is missing, unreadable or no text is a mistake like any other. */
    public static Reading read(Path file) {
        Findings findings = new Findings(file.toString());
        Optional<String> text = ConfigFile.text(file, findings);
        return text.isPresent() ? read(file.toString(), text.get()) : new Reading.Refused(findings.mistakes());
    }

    /** @param name stands for the file's in mistakes */
    public static Reading read(String name, String text) {
        Findings findings = new Findings(name);
        BootKeys bootKeys = new BootKeys(name, findings);
        Optional<MappingNode> tree = YamlText.compose(text, findings);
        if (tree.isEmpty()) {
            return new Reading.Refused(findings.mistakes());
        }
        new KeyWalk(findings, bootKeys).walk(tree.get());
        MainstayConfig config = config(findings);
        return findings.mistakes().isEmpty()
                ? new Reading.Read(config, findings.warnings(), bootKeys.values())
                : new Reading.Refused(findings.mistakes());
    }

    private static MainstayConfig config(Findings findings) {
        ConfigKeys.Root root = new KeyBinding(findings).root();
        Place place = findings.at("mainstay");
        Duration interval = Intervals.of(root.interval(), place);
        return new MainstayConfig(
                root.mode(),
                interval,
                state(root.state(), place.below("state")),
                clusters(root, findings, place.below("clusters")),
                prices(root.onDemandPrices(), place.below("on-demand-prices")));
    }

    private static Path state(String text, Place place) {
        try {
            if (!text.isBlank()) {
                return Path.of(text);
            }
        } catch (InvalidPathException e) {
            // Told below, with the same words as for no path at all.
        }
        place.refuse("%s is not a directory's path; needs one, such as /var/lib/mainstay".formatted(Quoted.of(text)));
        return Path.of("");
    }

    private static List<ClusterSpec> clusters(ConfigKeys.Root root, Findings findings, Place place) {
        ClusterReading reading = new ClusterReading(root);
        List<ClusterSpec> clusters = new ArrayList<>();
        for (String name : findings.namesBelow(place.path())) {
            clusters.add(reading.cluster(name, KeyBinding.cluster(root, name), place.named(name)));
        }
        if (clusters.isEmpty()) {
            place.missing("is missing; needs at least one cluster, by its name");
        }
        return clusters;
    }

    private static List<OnDemandPrice> prices(List<ConfigKeys.Price> prices, Place place) {
        List<OnDemandPrice> read = new ArrayList<>();
        Set<String> offers = new HashSet<>();
        for (int i = 0; i < prices.size(); i++) {
            Place at = place.element(i);
            String region = prices.get(i).region();
            String type = prices.get(i).type();
            Usd price = prices.get(i).usdPerHour();
            if (region == null) {
                at.below("region").missing("is missing; needs an AWS region, such as us-east-1");
            }
            if (type == null) {
                at.below("type").missing("is missing; needs an EC2 instance type, such as t3.micro");
            }
            if (price == null) {
                at.below("usd-per-hour").missing("is missing; needs US dollars per hour, such as 0.0116");
            }
            boolean regionFits = region != null && Forms.region(at.below("region"), region);
            boolean typeFits = type != null && Forms.type(at.below("type"), type);
            if (regionFits && typeFits && !offers.add(region + " " + type)) {
                at.refuse("the price of %s in %s is given twice; remove one".formatted(type, region));
            }
            if (region != null && type != null && price != null && regionFits && typeFits) {
                read.add(new OnDemandPrice(region, new InstanceType(type), price.value()));
            }
        }
        return read;
    }
}
