package org.agreementledger.json;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How the constants of an enum are written: {@code FUNDING_ROUND} as {@code funding-round}. */
final class EnumNames {

    private static final ClassValue<List<String>> NAMES =
            new ClassValue<>() {
                @Override
                protected List<String> computeValue(Class<?> type) {
                    return Arrays.stream(type.getEnumConstants())
                            .map(constant -> ((Enum<?>) constant).name())
                            .map(name -> name.toLowerCase(Locale.ROOT).replace('_', '-'))
                            .toList();
                }
            };

    private EnumNames() {}

    static String of(Enum<?> constant) {
        return NAMES.get(constant.getDeclaringClass()).get(constant.ordinal());
    }

    static List<String> all(Class<? extends Enum<?>> type) {
        return NAMES.get(type);
    }

    /** For a message: {@code ": one of introduce, change, …"}. */
    static String oneOf(Class<? extends Enum<?>> type) {
        return ": one of " + String.join(", ", all(type));
    }
}
