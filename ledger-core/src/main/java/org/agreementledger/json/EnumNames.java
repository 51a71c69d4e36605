package org.agreementledger.json;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Enumerations as written in JSON: {@code funding-round}. */
final class EnumNames {

    private EnumNames() {}

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static List<String> all(Class<? extends Enum<?>> type) {
        return Arrays.stream(type.getEnumConstants()).map(EnumNames::of).toList();
    }
}
