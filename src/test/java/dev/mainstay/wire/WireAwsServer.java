package dev.mainstay.wire;

import static dev.mainstay.cloud.aws.AwsWire.xml;

import dev.mainstay.cloud.aws.AwsWire;
import dev.mainstay.cloud.aws.AwsXml;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * {@link WireAws} as a process of its own, for trying the daemon by hand: {@code WireAwsServer PORT
 * [--forgets-tokens] [--hides-spot]}. It takes unsigned calls, so that curl can terminate a node, and two actions of its
 * own, both with {@code Seconds}: {@code SlowLaunches}, and {@code Down}, after which connections are refused for so long.
 */
public final class WireAwsServer {
    private WireAwsServer() {}

    public static void main(String[] arguments) {
        List<String> words = List.of(arguments);
        AwsWire wire = new AwsWire();
        WireAws aws = new WireAws(
                wire, new Habits(!words.contains("--forgets-tokens"), !words.contains("--hides-spot")), Instant::now);
        wire.on("SlowLaunches", call -> {
            aws.answerLaunchesAfter(seconds(call));
            return xml(AwsXml.ec2("SlowLaunches", ""));
        });
        wire.on("Down", call -> {
            Thread.ofPlatform().start(() -> restart(wire, seconds(call)));
            return xml(AwsXml.ec2("Down", ""));
        });
        wire.open(Integer.parseInt(words.getFirst()));
        System.out.printf(
                "AWS_ENDPOINT_URL=%s%ntemplate %s%ntarget group %s%nsubnets %s%n",
                wire.endpoint(), WireAws.TEMPLATE, WireAws.WEB.value(), WireAws.SUBNETS);
    }

    private static void restart(AwsWire wire, Duration after) {
        wire.shut();
        try {
            Thread.sleep(after);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        wire.open();
    }

    private static Duration seconds(AwsWire.Call call) {
        return Duration.ofSeconds(Long.parseLong(call.field("Seconds")));
    }
}
