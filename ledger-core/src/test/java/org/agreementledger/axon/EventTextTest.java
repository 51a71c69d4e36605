package org.agreementledger.axon;

import static org.agreementledger.agreement.Entries.opening;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.agreementledger.agreement.AgreementEvent;
import org.agreementledger.json.RandomEntries;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.UnknownSerializedType;
import org.junit.jupiter.api.Test;

class EventTextTest {

    private final EventSerializer serializer = new EventSerializer();

    @Test
    void the_names_in_the_event_store_are_kept_for_ever() {
        assertThat(Stream.of(AgreementEvent.class.getPermittedSubclasses()))
                .extracting(type -> serializer.typeForClass(type).getName())
                .contains(
                        "AgreementOpened",
                        "AnnouncementRecorded",
                        "FundingRoundRecorded",
                        "PartnershipRecorded",
                        "TermsAmended",
                        "AgreementClosed",
                        "EntryCorrected",
                        "EntryWithdrawn",
                        "EntryConfirmed");
    }

    @Test
    void every_event_is_read_as_it_was_written() {
        LongStream.range(0, 900)
                .forEach(seed -> {
                    AgreementEvent event =
                            AgreementEvent.of((int) seed + 1, RandomEntries.of(seed));

                    SerializedObject<String> stored = serializer.serialize(event, String.class);

                    assertThat(stored.getType().getName()).isEqualTo(EventText.type(event));
                    assertThat(stored.getType().getRevision()).isEqualTo("1");
                    assertThat((Object) serializer.deserialize(stored))
                            .as("seed %d", seed)
                            .isEqualTo(event);
                });
    }

    @Test
    void what_was_never_written_so_is_not_read() {
        String opened = EventText.write(AgreementEvent.of(1, opening("2020-01-01")));

        assertThatThrownBy(() -> EventText.read("TermsAmended", opened))
                .isInstanceOf(DamagedRecord.class)
                .hasMessage(
                        "A stored event of type TermsAmended cannot be read: it holds AgreementOpened");
        assertThatThrownBy(() -> EventText.read("AgreementOpened", "{\"sequence\":1"))
                .isInstanceOf(DamagedRecord.class)
                .hasMessageStartingWith("A stored event of type AgreementOpened cannot be read: ");
        assertThatThrownBy(() ->
                        EventText.read("AgreementOpened", "{\"added\":1," + opened.substring(1)))
                .isInstanceOf(DamagedRecord.class)
                .hasMessageContaining("added");
        assertThatThrownBy(() -> EventText.read("AgreementOpened", "{\"sequence\":1,\"entry\":{}}"))
                .isInstanceOf(DamagedRecord.class);
    }

    @Test
    void a_type_of_a_newer_version_is_known_as_unknown() {
        Object unknown =
                serializer.deserialize(
                        new SimpleSerializedObject<>("{}", String.class, "AgreementPainted", "1"));

        assertThat(unknown).isInstanceOf(UnknownSerializedType.class);
        assertThat(new UnknownEvent((UnknownSerializedType) unknown))
                .hasMessageContaining("AgreementPainted");
    }

    @Test
    void who_recorded_it_is_read_from_the_metadata() {
        Actor ada = new Actor("ada \"the first\"", "https://id.example");
        MetaData metadata =
                MetaData.from(RecordedBy.metadata(ada)).and("importedFrom", "elsewhere");

        String stored = serializer.serialize(metadata, String.class).getData();

        assertThat(RecordedBy.of(metadata)).isEqualTo(ada);
        assertThat(RecordedBy.read(stored)).isEqualTo(ada);
    }

    @Test
    void what_is_no_event_is_left_to_jackson() {
        assertThat(serializer.serialize(Map.of("index", 7), String.class).getData())
                .isEqualTo("{\"index\":7}");
    }
}
