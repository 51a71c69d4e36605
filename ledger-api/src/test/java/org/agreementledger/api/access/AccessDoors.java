package org.agreementledger.api.access;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;
import org.agreementledger.api.Doors;
import org.agreementledger.api.LedgerApplication.Listen;
import org.agreementledger.api.Outlets;
import org.agreementledger.axon.Actor;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.node.TestDatabase;
import org.agreementledger.tokens.Role;
import org.jspecify.annotations.Nullable;

/** Doors that ask everybody for a token. */
final class AccessDoors implements AutoCloseable {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    final Doors doors;
    private final Clock clock;

    private AccessDoors(Doors doors, Clock clock) {
        this.doors = doors;
        this.clock = clock;
    }

    static AccessDoors open(Path folder, Access access, Clock clock) {
        return open(folder, access, Outlets.NONE, clock);
    }

    static AccessDoors open(Path folder, Access access, Outlets outlets, Clock clock) {
        LedgerNode node = LedgerNode.open(TestDatabase.freshIn(folder), clock);
        return new AccessDoors(
                Doors.to(
                        node,
                        new Listen(InetAddress.getLoopbackAddress(), 0, "ada", access),
                        outlets,
                        clock),
                clock);
    }

    /** With a new token of that role, for {@link Doors#get} and the like. */
    String[] as(Role role) {
        return with(token(role.slug() + "-" + NUMBER.incrementAndGet(), role));
    }

    String token(String name, Role role) {
        return doors.node()
                .tokens()
                .add(name, role, null, Actor.local("test"), clock.instant())
                .text()
                .reveal();
    }

    static String[] with(@Nullable String token) {
        return token == null ? new String[0] : new String[] {"Authorization", "Bearer " + token};
    }

    @Override
    public void close() {
        doors.server().close();
    }
}
