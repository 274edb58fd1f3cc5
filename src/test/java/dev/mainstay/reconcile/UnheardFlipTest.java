package dev.mainstay.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.CreditMode;
import dev.mainstay.cluster.Remedy;
import dev.mainstay.simulation.CallFailure;
import dev.mainstay.simulation.Fault;
import dev.mainstay.simulation.WorldSpec;
import dev.mainstay.simulation.sdk.Call;
import dev.mainstay.simulation.sdk.CallBoundary;
import dev.mainstay.simulation.sdk.SimulatedCrash;
import dev.mainstay.simulation.trace.LoadTrace;
import dev.mainstay.testing.Rehearsal;
import dev.mainstay.testing.SpecDraft;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** A node that we switched to unlimited mode goes back once its credits are earned, even if we never heard of the switch. */
class UnheardFlipTest {
    private static final String SWITCH = "ModifyInstanceCreditSpecification";

    @Test
    void aCrashRightAfterTheSwitchDoesNotMakeItForgotten() {
        boolean[] crashed = {false};
        try (Rehearsal rehearsal = busyAtFirst(new CallBoundary() {
            @Override
            public void after(Call call) {
                if (call.operation().equals(SWITCH) && !crashed[0]) {
                    crashed[0] = true;
                    throw new SimulatedCrash("after the switch");
                }
            }
        })) {
            rehearsal.run(Duration.ofHours(20));
            assertThat(crashed[0]).isTrue();
            assertThat(rehearsal.alive())
                    .allSatisfy(machine -> assertThat(machine.credits().mode()).isEqualTo(CreditMode.STANDARD));
        }
    }

    @Test
    void aLostAnswerDoesNotMakeItForgotten() {
        try (Rehearsal rehearsal = busyAtFirst(CallBoundary.OPEN)) {
            rehearsal.inject(
                    new Fault.FailCalls(SWITCH, new CallFailure.AnswerLost(), Duration.ZERO, Duration.ofHours(3)));
            rehearsal.run(Duration.ofHours(3));
            assertThat(rehearsal.alive())
                    .anySatisfy(machine -> assertThat(machine.credits().mode()).isEqualTo(CreditMode.UNLIMITED));
            rehearsal.run(Duration.ofHours(20));
            assertThat(rehearsal.alive())
                    .allSatisfy(machine -> assertThat(machine.credits().mode()).isEqualTo(CreditMode.STANDARD));
        }
    }

    /** Two hours of more than a T2 earns credits for; then next to nothing. */
    private static Rehearsal busyAtFirst(CallBoundary boundary) {
        double[] hours = new double[48];
        Arrays.fill(hours, 1);
        hours[0] = 90;
        hours[1] = 90;
        WorldSpec world = WorldSpec.calm(5)
                .withTraffic(new WorldSpec.Traffic(
                        LoadTrace.of(Duration.ofHours(1), hours), LoadTrace.constant(0), 4));
        ClusterSpec spec = SpecDraft.micro().remedy(Remedy.UNLIMITED).in(world.place());
        return new Rehearsal(spec, world, boundary);
    }
}
