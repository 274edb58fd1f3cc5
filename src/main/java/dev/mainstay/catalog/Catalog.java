package dev.mainstay.catalog;

import dev.mainstay.cluster.InstanceType;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Instance types and their on-demand prices, as of a date. What it does not have is unknown: it neither guesses nor
 * answers zero. Immutable and safe to share between threads.
 */
public final class Catalog {
    private static final Pattern GRAVITON = Pattern.compile("[a-z]+[0-9]+[a-fh-z]*g.*");

    private record Offer(String region, InstanceType type) {}

    private final LocalDate asOf;
    private final Map<InstanceType, TypeFacts> facts;
    private final Map<Offer, Double> prices;

    private Catalog(LocalDate asOf, Map<InstanceType, TypeFacts> facts, Map<Offer, Double> prices) {
        this.asOf = asOf;
        this.facts = facts;
        this.prices = prices;
    }

    /** The tables that come with Mainstay: the T families and common fixed types in us-east-1 and eu-west-1. */
    public static Catalog shipped() {
        CatalogTable types = CatalogTable.read("instance-types.csv");
        CatalogTable linux = CatalogTable.read("on-demand-linux.csv");
        Map<InstanceType, TypeFacts> facts = new TreeMap<>();
        for (CatalogTable.Row row : types.rows()) {
            TypeFacts read = new TypeFacts(
                    new InstanceType(row.get("type")),
                    Integer.parseInt(row.get("vcpus")),
                    Double.parseDouble(row.get("memory-gib")),
                    Architecture.valueOf(row.get("architecture").toUpperCase(Locale.ROOT)));
            facts.put(read.type(), read);
        }
        Map<Offer, Double> prices = new HashMap<>();
        for (CatalogTable.Row row : linux.rows()) {
            for (String region : linux.columns().subList(1, linux.columns().size())) {
                if (!row.get(region).isEmpty()) {
                    put(
                            prices,
                            new OnDemandPrice(
                                    region, new InstanceType(row.get("type")), Double.parseDouble(row.get(region))));
                }
            }
        }
        return new Catalog(linux.asOf(), facts, prices);
    }

    /** This catalog with some prices added or replaced. They may name regions and types that it does not have. */
    public Catalog with(Collection<OnDemandPrice> overrides) {
        Map<Offer, Double> changed = new HashMap<>(prices);
        overrides.forEach(price -> put(changed, price));
        return new Catalog(asOf, facts, changed);
    }

    public Optional<TypeFacts> facts(InstanceType type) {
        return Optional.ofNullable(facts.get(type));
    }

    /**
     * The architecture of a type, by its family's name: a {@code g} among the letters after the generation stands for
     * Graviton, as in {@code t4g} and {@code c7gn}; so does the family {@code a1}. Source: EC2 User Guide, "Instance type
     * names". Empty for Macs, of which both kinds exist.
     */
    public static Optional<Architecture> architecture(InstanceType type) {
        String family = type.family();
        if (family.startsWith("mac")) {
            return Optional.empty();
        }
        boolean graviton = family.equals("a1") || GRAVITON.matcher(family).matches();
        return Optional.of(graviton ? Architecture.ARM64 : Architecture.X86_64);
    }

    /** Every type of which facts are known, in order of name. */
    public List<InstanceType> types() {
        return List.copyOf(facts.keySet());
    }

    /** The on-demand price for Linux, in USD per hour; empty where it is not known. */
    public OptionalDouble onDemandUsdPerHour(String region, InstanceType type) {
        Double price = prices.get(new Offer(region, type));
        return price == null ? OptionalDouble.empty() : OptionalDouble.of(price);
    }

    /**
     * The highest on-demand price that is known of a family in a region, in USD per hour; where none is, of everything in the
     * region, or anywhere: for whoever must not take an unknown price for a low one.
     */
    public double dearestOnDemand(String region, String family) {
        return dearest(offer ->
                        offer.region().equals(region) && offer.type().family().equals(family))
                .or(() -> dearest(offer -> offer.region().equals(region)))
                .or(() -> dearest(offer -> true))
                .orElse(0.0);
    }

    private Optional<Double> dearest(Predicate<Offer> wanted) {
        return prices.entrySet().stream()
                .filter(price -> wanted.test(price.getKey()))
                .map(Map.Entry::getValue)
                .max(Double::compare);
    }

    /** The date of the shipped price table; overrides do not change it. */
    public LocalDate asOf() {
        return asOf;
    }

    private static void put(Map<Offer, Double> prices, OnDemandPrice price) {
        prices.put(new Offer(price.region(), price.type()), price.usdPerHour());
    }
}
