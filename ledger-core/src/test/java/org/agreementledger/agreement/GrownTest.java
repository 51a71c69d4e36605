package org.agreementledger.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GrownTest {

    @Test
    void every_list_stays_what_it_was_whatever_is_put_behind_it_or_into_it() {
        Random random = new Random(7);
        List<Grown<Integer>> made = new ArrayList<>(List.of(Grown.empty()));
        List<List<Integer>> expected = new ArrayList<>(List.of(List.of()));
        for (int i = 0; i < 2_000; i++) {
            int which = random.nextInt(3) > 0 ? made.size() - 1 : random.nextInt(made.size());
            Grown<Integer> from = made.get(which);
            List<Integer> with = new ArrayList<>(expected.get(which));
            if (random.nextInt(4) == 0 && !from.isEmpty()) {
                int index = random.nextInt(from.size());
                made.add(from.put(index, i));
                with.set(index, i);
            } else {
                made.add(from.and(i));
                with.add(i);
            }
            expected.add(with);
        }

        assertThat(made).isEqualTo(expected);
    }

    @Test
    void what_a_longer_list_holds_is_not_seen_in_a_shorter_one() {
        Grown<String> one = Grown.<String>empty().and("one");
        one.and("two");

        assertThat(one).containsExactly("one");
        assertThatThrownBy(() -> one.get(1)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
