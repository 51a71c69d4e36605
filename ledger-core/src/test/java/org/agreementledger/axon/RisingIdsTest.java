package org.agreementledger.axon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.axonframework.common.IdentifierFactory;
import org.junit.jupiter.api.Test;

class RisingIdsTest {

    @Test
    void what_axon_names_later_has_a_greater_name() {
        List<String> ids =
                Stream.generate(IdentifierFactory.getInstance()::generateIdentifier)
                        .limit(10_000)
                        .toList();

        assertThat(ids).isSorted().doesNotHaveDuplicates();
        assertThat(ids).allMatch(id -> UUID.fromString(id).version() == 7);
    }
}
