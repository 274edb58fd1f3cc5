package dev.mainstay.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the policy allows on everything, and what only on our own. */
class IamPolicyTest {
    private static final JsonNode STATEMENTS =
            JsonMapper.shared().readTree(Path.of("deploy/iam/policy.json")).get("Statement");

    @Test
    void allowsNothingButReadsOnEverything() {
        for (JsonNode statement : STATEMENTS) {
            if (texts(statement.get("Resource")).contains("*")) {
                assertThat(texts(statement.get("Action")))
                        .allSatisfy(action -> assertThat(action).containsPattern(":(Describe|Get)"));
            }
        }
    }

    @Test
    void namesEveryActionInFull() {
        for (JsonNode statement : STATEMENTS) {
            assertThat(texts(statement.get("Action")))
                    .allSatisfy(action -> assertThat(action).doesNotContain("*"));
        }
    }

    @Test
    void destroysOnlyWhatCarriesTheTag() {
        for (JsonNode statement : STATEMENTS) {
            if (texts(statement.get("Action")).contains("ec2:TerminateInstances")) {
                assertThat(statement.at("/Condition/StringEquals").has("aws:ResourceTag/mainstay:cluster"))
                        .isTrue();
            }
        }
    }

    private static Set<String> texts(JsonNode oneOrMore) {
        Set<String> texts = new TreeSet<>();
        if (oneOrMore.isArray()) {
            oneOrMore.forEach(text -> texts.add(text.stringValue()));
        } else {
            texts.add(oneOrMore.stringValue());
        }
        return texts;
    }
}
