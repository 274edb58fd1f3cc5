package dev.mainstay.cluster;

/** The tags by which Mainstay knows its own. Fixed: users filter and script by them. */
public final class Tags {
    /** The name of the cluster that owns the instance. */
    public static final String CLUSTER = "mainstay:cluster";
    /** The {@link IntentId} of the launch that made it. */
    public static final String INTENT = "mainstay:intent";
    /** Shared by a node and the nodes that it replaced, one after the other. */
    public static final String LINEAGE = "mainstay:lineage";
    /** The {@link Role} for which it was launched. */
    public static final String ROLE = "mainstay:role";
    /**
     * Set by an operator, with any value but {@code false}: never terminated by us. A value such as
     * {@code until=2026-03-02T18:00:00Z} ends the protection then.
     */
    public static final String PROTECTED = "mainstay:protected";
    /** Before the end of a protection. */
    static final String UNTIL = "until=";

    /**
     * Put by EC2 on what it launches from a launch template: the number of the version that was used. Source: EC2 User Guide,
     * "Launch instances from a launch template".
     */
    public static final String TEMPLATE_VERSION = "aws:ec2launchtemplate:version";

    /** Put by EC2 Auto Scaling on what a group launched or took in: the group's name. Nobody else can set it. */
    public static final String GROUP = "aws:autoscaling:groupName";

    private Tags() {}
}
