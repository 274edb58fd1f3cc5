package dev.mainstay.backtest;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;

/** What a backtest found; its components are the fields of the JSON, which are added to and never renamed. */
public record BacktestReport(Setting frame, List<Result> policies) {
    public BacktestReport {
        policies = List.copyOf(policies);
    }

    /**
     * What was the same for all.
     *
     * @param kind {@code availability} or {@code price}
     * @param remarks what was made of the files
     */
    public record Setting(
            String kind,
            double tickSeconds,
            double coldStartSeconds,
            int nodes,
            int base,
            double noticeProbability,
            String noticeModel,
            int seeds,
            List<Venue> markets,
            List<String> remarks) {
        public Setting {
            markets = List.copyOf(markets);
            remarks = List.copyOf(remarks);
        }
    }

    /**
     * One market.
     *
     * @param onDemandPrice in USD per hour, or in whatever unit it was given
     * @param bound the cost that nobody can undercut, relative to all on-demand
     */
    public record Venue(String name, List<String> zones, double days, double onDemandPrice, double bound) {
        public Venue {
            zones = List.copyOf(zones);
        }
    }

    /** Of one policy: the mean over the seeds, and each of them; and where there are several markets, each of these. */
    public record Result(
            String name,
            boolean ofDaemon,
            @JsonUnwrapped Figures figures,
            List<OfSeed> perSeed,
            List<OfMarket> perMarket) {
        public Result {
            perSeed = List.copyOf(perSeed);
            perMarket = List.copyOf(perMarket);
        }
    }

    /** Of one seed. */
    public record OfSeed(long seed, @JsonUnwrapped Figures figures) {}

    /** Of one market. */
    public record OfMarket(String market, @JsonUnwrapped Figures figures) {}
}
