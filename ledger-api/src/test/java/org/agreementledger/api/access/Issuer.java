package org.agreementledger.api.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** An OpenID Connect issuer: it tells of itself and its keys, and signs what it is asked to. */
final class Issuer implements AutoCloseable {

    private final HttpServer server;
    private final URI address;
    private volatile RSAKey key = newKey("one");

    Issuer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        address = URI.create("http://localhost:" + server.getAddress().getPort() + "/realm");
        serve(
                "/realm/.well-known/openid-configuration",
                () ->
                        """
                        {"issuer": "%1$s", "jwks_uri": "%1$s/keys", "subject_types_supported": ["public"]}\
                        """
                                .formatted(address));
        serve("/realm/keys", () -> new JWKSet(key.toPublicJWK()).toString());
        server.start();
    }

    private void serve(String path, Supplier<String> json) {
        server.createContext(
                path,
                exchange -> {
                    byte[] body = json.get().getBytes(StandardCharsets.UTF_8);
                    exchange.getResponseHeaders().add("Content-Type", "application/json");
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
    }

    static RSAKey newKey(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    URI address() {
        return address;
    }

    RSAKey key() {
        return key;
    }

    /** As issuers do now and then. */
    void rotateKeys() {
        key = newKey("two");
    }

    String token(Instant now, String... roles) {
        return token(now, claims -> claims.claim("roles", List.of(roles)));
    }

    /** For the ledger, of ada, for five minutes, unless the claims say otherwise. */
    String token(Instant now, Consumer<JWTClaimsSet.Builder> claims) {
        return signed(key, "JWT", now, claims);
    }

    String signed(RSAKey key, String type, Instant now, Consumer<JWTClaimsSet.Builder> claims) {
        JWTClaimsSet.Builder all =
                new JWTClaimsSet.Builder()
                        .issuer(address.toString())
                        .subject("248289761001")
                        .audience("ledger")
                        .claim("preferred_username", "ada")
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plusSeconds(300)));
        claims.accept(all);
        SignedJWT jwt =
                new SignedJWT(
                        new JWSHeader.Builder(JWSAlgorithm.RS256)
                                .keyID(key.getKeyID())
                                .type(new JOSEObjectType(type))
                                .build(),
                        all.build());
        try {
            jwt.sign(new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return jwt.serialize();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
