package org.agreementledger.axonserver;

import org.axonframework.serialization.Converter;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;

/** Answered requests under a stable name; all else as the ledger's own serializer writes it. */
record RequestSerializer(Serializer others) implements Serializer {

    @Override
    public <T> SerializedObject<T> serialize(Object object, Class<T> as) {
        return object instanceof RequestAnswered request
                ? new SimpleSerializedObject<>(
                        getConverter().convert(request.text(), String.class, as),
                        as,
                        typeForClass(RequestAnswered.class))
                : others.serialize(object, as);
    }

    @Override
    public <T> boolean canSerializeTo(Class<T> as) {
        return others.canSerializeTo(as);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <S, T> T deserialize(SerializedObject<S> stored) {
        if (!stored.getType().getName().equals(RequestAnswered.TYPE)) {
            return others.deserialize(stored);
        }
        return (T)
                RequestAnswered.read(
                        getConverter()
                                .convert(stored.getData(), stored.getContentType(), String.class));
    }

    @Override
    public Class<?> classForType(SerializedType type) {
        return type.getName().equals(RequestAnswered.TYPE)
                ? RequestAnswered.class
                : others.classForType(type);
    }

    @Override
    public SerializedType typeForClass(Class type) {
        return type == RequestAnswered.class
                ? new SimpleSerializedType(RequestAnswered.TYPE, RequestAnswered.REVISION)
                : others.typeForClass(type);
    }

    @Override
    public Converter getConverter() {
        return others.getConverter();
    }
}
