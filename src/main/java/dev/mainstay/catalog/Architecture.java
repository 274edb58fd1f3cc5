package dev.mainstay.catalog;

import dev.mainstay.cluster.Labelled;

/** The processor architecture for which an instance type's images are built. */
public enum Architecture implements Labelled {
    X86_64,
    ARM64;

    /** EC2's own name, with its underscore: {@code x86_64} or {@code arm64}. */
    @Override
    public String label() {
        return this == X86_64 ? "x86_64" : "arm64";
    }
}
