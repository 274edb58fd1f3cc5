package dev.mainstay.cluster;

/** An EC2 instance type, such as {@code t3.micro}. */
public record InstanceType(String name) implements Comparable<InstanceType> {
    public InstanceType {
        int dot = name.indexOf('.');
        if (dot <= 0 || dot == name.length() - 1) {
            throw new IllegalArgumentException("instance type '%s' is not of the form family.size".formatted(name));
        }
    }

    /** The part before the dot: {@code t3} of {@code t3.micro}. */
    public String family() {
        return name.substring(0, name.indexOf('.'));
    }

    @Override
    public int compareTo(InstanceType other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
