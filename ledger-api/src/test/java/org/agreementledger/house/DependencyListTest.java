package org.agreementledger.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.axonframework.messaging.Message;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The list that is packed into the jar: CycloneDX, as Spring Boot names it. */
class DependencyListTest {

    @Test
    void the_jar_says_what_it_is_made_of() throws IOException {
        JsonNode list = list();
        Map<String, String> versions = new TreeMap<>();
        list.get("components")
                .forEach(component ->
                        versions.put(
                                component.get("group").asString()
                                        + ":"
                                        + component.get("name").asString(),
                                component.get("version").asString()));

        assertThat(list.get("bomFormat").asString()).isEqualTo("CycloneDX");
        assertThat(list.at("/metadata/component/name").asString()).isEqualTo("ledger-api");
        assertThat(versions)
                .containsKeys(
                        "com.h2database:h2",
                        "org.postgresql:postgresql",
                        "org.apache.tomcat.embed:tomcat-embed-core",
                        "org.agreementledger:ledger-core")
                .hasEntrySatisfying(
                        "org.axonframework:axon-messaging",
                        version ->
                                assertThat(Message.class.getProtectionDomain().getCodeSource())
                                        .asString()
                                        .contains("axon-messaging-" + version))
                .doesNotContainKey("org.assertj:assertj-core");
    }

    private static JsonNode list() throws IOException {
        try (InputStream in =
                DependencyListTest.class.getResourceAsStream(
                        "/META-INF/sbom/application.cdx.json")) {
            return new JsonMapper().readTree(Objects.requireNonNull(in).readAllBytes());
        }
    }
}
