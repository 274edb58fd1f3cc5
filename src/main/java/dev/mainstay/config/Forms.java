package dev.mainstay.config;

import dev.mainstay.config.Findings.Place;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The forms of AWS's names, as far as they can be judged without asking AWS. What only looks unknown passes: AWS adds
 * regions, zones and types faster than we do.
 */
final class Forms {
    private static final Pattern REGION = Pattern.compile("[a-z]{2,5}(-[a-z]+)+-[0-9]{1,2}");
    private static final Pattern ZONE = Pattern.compile("([a-z]{2,5}(-[a-z]+)+-[0-9]{1,2})(-[a-z0-9-]+)?[a-z]");
    private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9-]*\\.[a-z0-9-]+");
    private static final Pattern SUBNET = Pattern.compile("subnet-[0-9a-z]+");
    private static final Pattern TEMPLATE = Pattern.compile("lt-[0-9a-z]+");
    private static final Pattern VERSION = Pattern.compile("[1-9][0-9]{0,8}|\\$Default|\\$Latest");
    /** Source: Elastic Load Balancing API reference (2012-06-01), CreateLoadBalancer. */
    private static final Pattern CLASSIC = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9-]{0,30}[A-Za-z0-9])?");

    private static final Pattern ARN = Pattern.compile(
            "arn:aws[a-z-]*:elasticloadbalancing:(?<region>[a-z0-9-]+):[0-9]{12}:(?<kind>[a-z]+)/(?<rest>[^\\s]+)");

    private Forms() {}

    static boolean region(Place place, String text) {
        Matcher zone = ZONE.matcher(text);
        if (zone.matches()) {
            place.refuse("%s is a zone; needs its region, %s".formatted(Quoted.of(text), zone.group(1)));
            return false;
        }
        return form(place, text, REGION, "an AWS region, such as us-east-1");
    }

    static boolean type(Place place, String text) {
        return form(place, text, TYPE, "an EC2 instance type, such as t3.micro");
    }

    /** Whether it is a type, without a word if it is not. */
    static boolean isType(String text) {
        return TYPE.matcher(text).matches();
    }

    static boolean template(Place place, String text) {
        return form(place, text, TEMPLATE, "a launch template's id, such as lt-0123456789abcdef0");
    }

    static boolean version(Place place, String text) {
        return form(place, text, VERSION, "a version's number, or $Default or $Latest");
    }

    static boolean subnet(Place place, String text) {
        return form(place, text, SUBNET, "a subnet's id, such as subnet-0123456789abcdef0");
    }

    /** @param region that of the cluster, when it is known */
    static boolean zone(Place place, String text, Optional<String> region) {
        Matcher form = ZONE.matcher(text);
        if (!form.matches()) {
            place.refuse("%s is not an availability zone; needs one, such as us-east-1a".formatted(Quoted.of(text)));
            return false;
        }
        if (region.isPresent() && !form.group(1).equals(region.get())) {
            place.refuse("%s is not in the cluster's region %s; needs a zone that is"
                    .formatted(Quoted.of(text), region.get()));
            return false;
        }
        return true;
    }

    /** @param region that of the cluster, when it is known */
    static boolean targetGroup(Place place, String text, Optional<String> region) {
        String allowed = "a target group's ARN, arn:aws:elasticloadbalancing:REGION:ACCOUNT:targetgroup/NAME/ID";
        Matcher arn = ARN.matcher(text);
        if (!arn.matches()) {
            place.refuse("%s is not allowed; needs %s".formatted(Quoted.of(text), allowed));
            return false;
        }
        if (!arn.group("kind").equals("targetgroup") || !arn.group("rest").matches("[A-Za-z0-9-]{1,32}/[0-9a-z]+")) {
            place.refuse("%s is the ARN of a %s; needs %s".formatted(Quoted.of(text), arn.group("kind"), allowed));
            return false;
        }
        if (region.isPresent() && !arn.group("region").equals(region.get())) {
            place.refuse("the target group is in %s, the cluster in %s; needs one of the cluster's region"
                    .formatted(arn.group("region"), region.get()));
            return false;
        }
        return true;
    }

    static boolean classic(Place place, String text) {
        if (text.startsWith("arn:")) {
            place.refuse("%s is an ARN; needs a classic load balancer's name".formatted(Quoted.of(text)));
            return false;
        }
        return form(
                place,
                text,
                CLASSIC,
                "a classic load balancer's name: up to 32 letters, digits and '-', none at an end");
    }

    private static boolean form(Place place, String text, Pattern form, String allowed) {
        if (form.matcher(text).matches()) {
            return true;
        }
        place.refuse("%s is not allowed; needs %s".formatted(Quoted.of(text), allowed));
        return false;
    }
}
