package dev.mainstay.planning;

import dev.mainstay.cluster.Labelled;

/** Why a remedy does nothing for a node. */
public enum Unsuited implements Labelled {
    /** A fresh node of its type starts without credits too. */
    STARTS_WITH_NONE,
    /** AWS knows no unlimited mode for its type. */
    NO_UNLIMITED_MODE,
    /** AWS does not say what its type earns. */
    NO_KNOWN_EARNINGS,
    /** The config names no type to promote to. */
    NO_FALLBACK_TYPE,
    /** It is of that type. */
    IS_FALLBACK_TYPE,
    /** It is registered nowhere, so that there is nothing to rest from. */
    NOT_IN_ROTATION,
    /** How busy the others are is not known. */
    LOAD_UNKNOWN
}
