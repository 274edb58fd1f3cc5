package dev.mainstay.stories;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a story's text. What it does not understand it refuses, with the line and what would be allowed there. */
final class StoryReader {
    private static final List<String> PARTS = List.of("about", "why", "cluster", "world", "events", "expect");
    private static final Pattern HEADING = Pattern.compile("([a-z]+):\\s*(.*)");
    private static final Pattern TYPE = Pattern.compile("[a-z]\\d[a-z]*\\.[a-z0-9]+");

    private final String file;
    private final Map<String, List<Words>> parts = new LinkedHashMap<>();
    private final Setting setting = new Setting();
    private String title = "";
    private int lines;

    private StoryReader(String file) {
        this.file = file;
    }

    static Story read(Path path) throws IOException {
        return read(path.getFileName().toString(), Files.readString(path));
    }

    /** @param file stands for the file in mistakes */
    static Story read(String file, String text) {
        StoryReader reader = new StoryReader(file);
        reader.split(text);
        return reader.story();
    }

    private void split(String text) {
        String part = "";
        for (String line : text.split("\n", -1)) {
            lines++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            Matcher heading = HEADING.matcher(line);
            if (title.isEmpty()) {
                title = line.strip();
            } else if (heading.matches()) {
                part = heading.group(1);
                open(part);
                if (!heading.group(2).isBlank()) {
                    parts.get(part).add(new Words(file, lines, heading.group(2)));
                }
            } else if (!line.startsWith("  ") || part.isEmpty()) {
                throw mistake("'%s' belongs to no part; a part begins with one of %s: and its lines with two blanks"
                        .formatted(line.strip(), String.join(":, ", PARTS)));
            } else if (part.equals("cluster")) {
                section(line.substring(2));
            } else {
                parts.get(part).add(new Words(file, lines, line));
            }
        }
    }

    private void open(String part) {
        if (!PARTS.contains(part)) {
            throw mistake("'%s' is no part of a story; there are %s".formatted(part, String.join(", ", PARTS)));
        }
        int last = parts.keySet().stream().mapToInt(PARTS::indexOf).max().orElse(-1);
        if (PARTS.indexOf(part) <= last) {
            throw mistake("'%s' comes too late or twice; the order is %s".formatted(part, String.join(", ", PARTS)));
        }
        parts.put(part, new ArrayList<>());
    }

    /** The lines of the cluster are those of a config: a key with its value, or with further lines below it. */
    private void section(String line) {
        if (line.startsWith(" ")) {
            String last = List.copyOf(setting.cluster.keySet()).getLast();
            setting.cluster.merge(last, line, (before, more) -> before + "\n" + more);
            return;
        }
        int colon = line.indexOf(':');
        if (colon < 0) {
            throw mistake("'%s' is no key of a config, such as capacity: { desired: 4 }".formatted(line));
        }
        String key = line.substring(0, colon);
        setting.cluster.remove(key);
        setting.cluster.put(key, line);
    }

    private Story story() {
        Words about = one("about");
        About kind = about.one(About.class);
        about.end();
        String why = String.join(" ", part("why").stream().map(Words::text).toList());
        if (why.isEmpty()) {
            throw mistake("there is no 'why:'; say in a few words why this matters");
        }
        part("world").forEach(this::world);
        List<Happening> happenings = new ArrayList<>();
        part("events").forEach(line -> happenings.add(happening(line, happenings)));
        Words last = part("events").isEmpty() ? null : part("events").getLast();
        if (last == null || !last.text().endsWith("the story ends")) {
            throw mistake("the last event must say when it is over, such as 12:00 the story ends");
        }
        Map<Words, Expectation> expectations = new LinkedHashMap<>();
        part("expect").forEach(line -> expectations.put(line, ExpectationReader.read(line)));
        if (expectations.isEmpty()) {
            throw mistake("there is nothing to 'expect:'");
        }
        Words cluster = new Words(file, 1, "cluster");
        setting.spec(cluster, Map.of());
        return new Story(title, kind, why, setting, cluster, happenings, expectations);
    }

    private Happening happening(Words line, List<Happening> before) {
        Happening happening = HappeningReader.read(setting, line);
        Duration earliest =
                before.isEmpty() ? setting.opening() : before.getLast().at();
        if (happening.at().compareTo(earliest) < 0) {
            throw line.mistake(
                    "%s is before %s: events stand in their order, and a cluster that is there is an hour old"
                            .formatted(Clock.of(happening.at()), Clock.of(earliest)));
        }
        return happening;
    }

    private void world(Words words) {
        if (words.take("the cluster is new")) {
            setting.fromNothing = true;
        } else if (words.take("seed")) {
            setting.seed = words.number();
        } else if (words.take("zones")) {
            setting.subnets.clear();
            do {
                var zone = words.zone();
                setting.subnets.put(
                        zone, "subnet-" + zone.value().substring(zone.value().length() - 1));
            } while (words.takeAny("and", ","));
        } else if (words.take("the template's type is")) {
            setting.type = new dev.mainstay.cluster.InstanceType(words.word(TYPE, "a type such as t3.micro"));
        } else if (words.take(Launching.ONE_GROUP.words())) {
            setting.launching = Launching.ONE_GROUP;
        } else if (words.take(Launching.PAIR.words())) {
            setting.launching = Launching.PAIR;
        } else if (words.take("a lifecycle hook holds them")) {
            setting.hooked = true;
        } else if (words.take("no group may have more than")) {
            setting.largestGroup = words.number();
        } else if (words.take("nodes are launched by fleet")) {
            setting.launchBy = dev.mainstay.cluster.LaunchBy.FLEET;
        } else if (words.take("the load balancer")) {
            setting.balancing = Balancing.read(words);
        } else if (words.take("a drain takes")) {
            setting.draining = words.length();
        } else if (words.take("a new node answers after")) {
            Duration boot = words.length();
            var typical = setting.boot;
            setting.boot = new dev.mainstay.simulation.WorldSpec.Boot(
                    typical.runningFrom(), typical.runningTo(), boot, boot, typical.endingFrom(), typical.endingTo());
        } else if (words.take("EC2 lists new nodes after up to")) {
            setting.invisible = words.length();
        } else if (words.take("a node fails its checks above")) {
            double from = words.percent() / 100;
            double to = words.take("to") ? words.percent() / 100 : from;
            words.need("of what it can deliver");
            setting.overload = new dev.mainstay.simulation.WorldSpec.Overload(from, to);
        } else if (words.take("a node without credits fails its checks above")) {
            setting.slowBeyond = words.decimal();
            words.need("times its baseline");
        } else if (words.take("the load is")) {
            setting.loads.put(Duration.ZERO, words.percent());
            words.need("a node");
        } else {
            throw words.refused();
        }
        words.end();
    }

    private List<Words> part(String name) {
        return parts.getOrDefault(name, List.of());
    }

    private Words one(String name) {
        if (part(name).size() != 1) {
            throw mistake("needs one line '%s:', with one of %s"
                    .formatted(
                            name,
                            String.join(
                                    ", ",
                                    java.util.Arrays.stream(About.values())
                                            .map(About::label)
                                            .toList())));
        }
        return part(name).getFirst();
    }

    private StoryMistake mistake(String what) {
        return new StoryMistake(file, lines, what);
    }
}
