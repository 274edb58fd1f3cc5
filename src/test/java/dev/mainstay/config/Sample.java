package dev.mainstay.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** A small config in good order, in which a test changes one thing. */
final class Sample {
    static final String GOOD = """
            mainstay:
              state: /var/lib/mainstay
              clusters:
                blog:
                  region: us-east-1
                  load-balancer: { target-groups: ["arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/blog/0123"] }
                  launch:
                    template: { id: lt-0123 }
                    subnets: { us-east-1a: subnet-1, us-east-1b: subnet-2 }
                  capacity: { desired: 4 }
                  spot: { types: [t3.micro, t3a.micro] }
            """;

    private Sample() {}

    /** The good config with one piece of its text replaced. */
    static String with(String piece, String replacement) {
        assertThat(GOOD).contains(piece);
        return GOOD.replace(piece, replacement);
    }

    static Reading.Read read(String text) {
        Reading reading = ConfigReader.read("x.yaml", text);
        assertThat(reading).isInstanceOf(Reading.Read.class);
        return (Reading.Read) reading;
    }

    /** The mistakes in a text, as lines. */
    static List<String> mistakes(String text) {
        return ConfigReader.read("x.yaml", text) instanceof Reading.Refused refused
                ? refused.mistakes().stream().map(Mistake::toString).toList()
                : List.of();
    }
}
