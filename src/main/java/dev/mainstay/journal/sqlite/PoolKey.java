package dev.mainstay.journal.sqlite;

import dev.mainstay.cluster.InstanceType;
import dev.mainstay.cluster.Pool;
import dev.mainstay.cluster.Zone;

/** How a pool is named in a row's key: {@code t3.micro/us-east-1a}. */
final class PoolKey {
    private PoolKey() {}

    static String of(Pool pool) {
        return pool.type().name() + '/' + pool.zone().value();
    }

    /** @throws IllegalArgumentException if it is not such a name */
    static Pool parse(String key) {
        int slash = key.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("'%s' is not of the form type/zone".formatted(key));
        }
        return new Pool(new InstanceType(key.substring(0, slash)), new Zone(key.substring(slash + 1)));
    }
}
