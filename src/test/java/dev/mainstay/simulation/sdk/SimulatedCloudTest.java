package dev.mainstay.simulation.sdk;

import dev.mainstay.cloud.BalancerContract;
import dev.mainstay.cloud.CloudStage;
import dev.mainstay.cloud.InstancesContract;
import dev.mainstay.cloud.LauncherContract;
import dev.mainstay.cluster.LaunchBy;
import dev.mainstay.cluster.TargetGroup;
import dev.mainstay.simulation.WorldSpec;
import java.util.List;
import org.junit.jupiter.api.Nested;

/** The simulated AWS keeps the promises that the adapters keep on the wire. */
class SimulatedCloudTest {
    @Nested
    class OfInstances extends InstancesContract {
        @Override
        protected CloudStage stage() {
            return new SimulatedStage();
        }
    }

    @Nested
    class OfLauncher extends LauncherContract {
        @Override
        protected CloudStage stage() {
            return new SimulatedStage();
        }
    }

    @Nested
    class OfFleetLauncher extends LauncherContract {
        @Override
        protected CloudStage stage() {
            return new SimulatedStage(WorldSpec.Place.US_EAST_1.targetGroups(), LaunchBy.FLEET);
        }
    }

    @Nested
    class OfClassicBalancer extends BalancerContract {
        @Override
        protected CloudStage stage() {
            return new SimulatedStage(List.of(new TargetGroup("web")), LaunchBy.RUN_INSTANCES);
        }
    }

    @Nested
    class OfBalancer extends BalancerContract {
        @Override
        protected CloudStage stage() {
            return new SimulatedStage();
        }
    }
}
