package org.agreementledger.axon;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.agreementledger.agreement.AgreementEvent;
import org.axonframework.serialization.Converter;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.jackson3.Jackson3Serializer;

/**
 * Events through {@link EventText} under stable names; metadata and tokens as Jackson writes them.
 */
final class EventSerializer implements Serializer {

    private static final Map<String, Class<?>> CLASSES =
            Stream.of(AgreementEvent.class.getPermittedSubclasses())
                    .collect(Collectors.toMap(Class::getSimpleName, Function.identity()));

    private final Serializer others = Jackson3Serializer.builder().build();

    @Override
    public <T> SerializedObject<T> serialize(Object object, Class<T> as) {
        if (!(object instanceof AgreementEvent event)) {
            return others.serialize(object, as);
        }
        return new SimpleSerializedObject<>(
                getConverter().convert(EventText.write(event), String.class, as),
                as,
                typeForClass(event.getClass()));
    }

    @Override
    public <T> boolean canSerializeTo(Class<T> as) {
        return others.canSerializeTo(as);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <S, T> T deserialize(SerializedObject<S> stored) {
        String type = stored.getType().getName();
        if (!CLASSES.containsKey(type)) {
            return others.deserialize(stored);
        }
        String text =
                getConverter().convert(stored.getData(), stored.getContentType(), String.class);
        return (T) EventText.read(type, text);
    }

    @Override
    public Class<?> classForType(SerializedType type) {
        Class<?> known = CLASSES.get(type.getName());
        return known == null ? others.classForType(type) : known;
    }

    @Override
    public SerializedType typeForClass(Class type) {
        return CLASSES.containsValue(type)
                ? new SimpleSerializedType(type.getSimpleName(), EventText.REVISION)
                : others.typeForClass(type);
    }

    @Override
    public Converter getConverter() {
        return others.getConverter();
    }
}
