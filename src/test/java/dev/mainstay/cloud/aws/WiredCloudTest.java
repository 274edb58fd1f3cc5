package dev.mainstay.cloud.aws;

import dev.mainstay.cloud.BalancerContract;
import dev.mainstay.cloud.CloudStage;
import dev.mainstay.cloud.InstancesContract;
import dev.mainstay.cloud.LauncherContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The adapters keep the contracts of their ports, through the SDK and over the wire. */
class WiredCloudTest {
    @RegisterExtension
    static final AwsWire WIRE = new AwsWire();

    @Nested
    class OfInstances extends InstancesContract {
        @Override
        protected CloudStage stage() {
            return new WiredStage(WIRE);
        }
    }

    @Nested
    class OfLauncher extends LauncherContract {
        @Override
        protected CloudStage stage() {
            return new WiredStage(WIRE);
        }
    }

    @Nested
    class OfClassicBalancer extends BalancerContract {
        @Override
        protected CloudStage stage() {
            return new WiredStage(WIRE, Specs.classic());
        }
    }

    @Nested
    class OfBalancer extends BalancerContract {
        @Override
        protected CloudStage stage() {
            return new WiredStage(WIRE);
        }
    }
}
