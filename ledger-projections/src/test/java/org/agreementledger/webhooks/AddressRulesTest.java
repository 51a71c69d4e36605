package org.agreementledger.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRulesTest {

    private static final AddressRules PUBLIC_ONLY = new AddressRules(List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "10.0.0.1",
                "100.64.0.1",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.255.254",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.8",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.1.1",
                "198.18.0.1",
                "198.51.100.7",
                "203.0.113.7",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::127.0.0.1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b:1::7f00:1",
                "100::1",
                "2001::1",
                "2001:0:4136:e378:8000:63bf:3fff:fdd2",
                "2001:db8::1",
                "2002:7f00:1::",
                "2002:808:808::1",
                "3fff::1",
                "5f00::1",
                "fc00::1",
                "fd12:3456::1",
                "fe80::1",
                "fec0::1",
                "ff02::1"
            })
    void what_is_not_public_is_refused_by_its_address(String address) {
        assertThat(PUBLIC_ONLY.refusal(InetAddress.ofLiteral(address), true))
                .hasValueSatisfying(why -> assertThat(why).contains("is not a public address"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.167.255.255",
                "192.169.0.0",
                "223.255.255.255",
                "::ffff:1.1.1.1",
                "2001:200::1",
                "2001:4860:4860::8888",
                "2606:4700:4700::1111"
            })
    void a_public_address_is_for_encrypted_requests(String address) {
        InetAddress there = InetAddress.ofLiteral(address);

        assertThat(PUBLIC_ONLY.refusal(there, true)).isEmpty();
        assertThat(PUBLIC_ONLY.refusal(there, false))
                .hasValueSatisfying(why -> assertThat(why).contains("use https"));
    }

    @Test
    void what_is_allowed_is_for_requests_of_both_kinds_and_only_that() {
        AddressRules rules =
                new AddressRules(
                        List.of(
                                AddressRange.parse("10.1.0.0/16"),
                                AddressRange.parse("fd00::1"),
                                AddressRange.parse("127.0.0.1/32")));

        for (String allowed : List.of("10.1.255.255", "fd00::1", "127.0.0.1", "::ffff:10.1.0.0")) {
            assertThat(rules.refusal(InetAddress.ofLiteral(allowed), false)).isEmpty();
        }
        for (String other : List.of("10.2.0.0", "10.0.255.255", "fd00::2", "127.0.0.2", "::1")) {
            assertThat(rules.refusal(InetAddress.ofLiteral(other), true)).isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "10",
                "10/8",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/",
                "10.0.0.0/8/8",
                "010.0.0.0/8",
                "fd00::/129",
                "::ffff:10.0.0.0/104"
            })
    void what_is_not_a_range_is_refused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AddressRange.parse(text))
                .withMessageContaining("is not a range of addresses");
    }
}
