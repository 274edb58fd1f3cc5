package dev.mainstay.status;

import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.Mode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;

/** Which clusters are supervised, and how much may be done to each. Spring Boot adds the version from the build. */
final class ClustersInfo implements InfoContributor {
    private final StatusInputs inputs;

    ClustersInfo(StatusInputs inputs) {
        this.inputs = inputs;
    }

    @Override
    public void contribute(Info.Builder builder) {
        Map<String, Object> clusters = new LinkedHashMap<>();
        for (ClusterSpec spec : inputs.passes().specs()) {
            Mode mode = spec.mode();
            clusters.put(spec.name().value(), Map.of("mode", mode.label(), "region", spec.region()));
        }
        builder.withDetail("mode", inputs.mode().get().label()).withDetail("clusters", clusters);
        inputs.banner().text().ifPresent(text -> builder.withDetail("simulated", text));
    }
}
