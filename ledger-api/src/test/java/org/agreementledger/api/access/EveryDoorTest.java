package org.agreementledger.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.agreementledger.tokens.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.http.server.PathContainer;
import org.springframework.util.AntPathMatcher;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.function.support.RouterFunctionMapping;
import org.springframework.web.servlet.handler.AbstractUrlHandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;
import org.springframework.web.servlet.resource.ResourceHttpRequestHandler;

/** The table of every door against every role, in {@code access/doors.csv}. */
class EveryDoorTest {

    private static final List<String> ROLES =
            List.of("nobody", "reader", "recorder", "auditor", "admin");

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static AccessDoors access;
    private static Map<String, String[]> headers;

    @TempDir static Path folder;

    /** One row: which of the roles the door lets through. */
    record Row(String method, String path, List<String> let) {

        String door() {
            return method + " " + path;
        }

        @Override
        public String toString() {
            return door();
        }
    }

    static Stream<Row> rows() throws IOException {
        try (InputStream csv = EveryDoorTest.class.getResourceAsStream("/access/doors.csv")) {
            return new String(csv.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .skip(1)
                            .map(line -> line.split(","))
                            .map(cells ->
                                    new Row(
                                            cells[0],
                                            cells[1],
                                            ROLES.stream()
                                                    .filter(role ->
                                                            cells[2 + ROLES.indexOf(role)].equals(
                                                                    "yes"))
                                                    .toList()))
                            .toList()
                            .stream();
        }
    }

    @BeforeAll
    static void open() {
        access = AccessDoors.open(folder, Access.BY_TOKEN, Clock.systemUTC());
        headers =
                ROLES.stream()
                        .collect(
                                Collectors.toMap(
                                        role -> role,
                                        role ->
                                                Role.named(role)
                                                        .map(access::as)
                                                        .orElse(new String[0])));
    }

    @AfterAll
    static void close() {
        access.close();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void a_door_lets_through_whom_the_table_says(Row row) throws Exception {
        List<String> let = new ArrayList<>();
        for (String role : ROLES) {
            HttpResponse<InputStream> answer = asked(row, headers.get(role));
            String told = told(answer);
            if (answer.statusCode() != 401 && answer.statusCode() != 403) {
                let.add(role);
            } else {
                assertThat(told)
                        .as(role)
                        .contains(
                                role.equals("nobody")
                                        ? "/problems/token-required"
                                        : "/problems/role-too-small");
            }
        }
        assertThat(let).isEqualTo(row.let());
    }

    /** Of what never ends, the first of it is enough; of a refusal all. */
    private static String told(HttpResponse<InputStream> answer) throws IOException {
        try (InputStream body = answer.body()) {
            return answer.statusCode() < 400
                    ? ""
                    : new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** With nothing in it that could alter anything. */
    private static HttpResponse<InputStream> asked(Row row, String[] headers) throws Exception {
        String path =
                row.path()
                        .replace(
                                "{id}",
                                row.path().contains("webhooks") ? "" + new UUID(0, 1) : "no")
                        .replace("{form}", "json")
                        .replace("/**", "/x")
                        .replaceAll("\\{\\w+}", "1");
        HttpRequest.Builder request =
                HttpRequest.newBuilder(
                                URI.create(access.doors.server().address() + path.substring(1)))
                        .header("Sec-Fetch-Site", "same-origin")
                        .method(
                                row.method(),
                                row.method().equals("GET")
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString("{}"));
        if (headers.length > 0) {
            request.headers(headers);
        }
        if (!row.method().equals("GET")) {
            request.header("Content-Type", "application/json");
        }
        return HTTP.send(request.build(), BodyHandlers.ofInputStream());
    }

    @Test
    void the_table_names_every_door_there_is_and_no_other() throws IOException {
        Set<String> named = rows().map(Row::door).collect(Collectors.toCollection(TreeSet::new));
        Set<String> there = new TreeSet<>(staticFiles(named));
        for (HandlerMapping mapping :
                access.doors.context().getBeansOfType(HandlerMapping.class).values()) {
            there.addAll(doors(mapping));
        }
        assertThat(there).isEqualTo(named);
    }

    /** A kind of mapping that is not known here must be empty, or this test has a gap. */
    private static Set<String> doors(HandlerMapping mapping) {
        Set<String> doors = new TreeSet<>();
        switch (mapping) {
            case RequestMappingInfoHandlerMapping methods ->
                    methods.getHandlerMethods().keySet().forEach(info -> doors.addAll(doors(info)));
            case AbstractUrlHandlerMapping urls ->
                    urls.getHandlerMap()
                            .forEach((path, handler) -> {
                                if (!(handler instanceof ResourceHttpRequestHandler)) {
                                    doors.add("GET " + path);
                                }
                            });
            case RouterFunctionMapping routes -> assertThat(routes.getRouterFunction()).isNull();
            default -> throw new AssertionError("what does this map? " + mapping.getClass());
        }
        return doors;
    }

    /** Where failures are answered nobody gets by asking. */
    private static Set<String> doors(RequestMappingInfo info) {
        Set<String> doors = new TreeSet<>();
        for (String path : info.getPatternValues()) {
            if (!path.equals("/error")) {
                assertThat(info.getMethodsCondition().getMethods()).as(path).isNotEmpty();
                info.getMethodsCondition()
                        .getMethods()
                        .forEach(method -> doors.add(method + " " + path));
            }
        }
        return doors;
    }

    /** The rows through which files are served; each file has one, and each such row a file. */
    private static Set<String> staticFiles(Set<String> named) throws IOException {
        AntPathMatcher paths = new AntPathMatcher();
        Set<String> used = new TreeSet<>(Set.of("GET /webjars/**"));
        for (Resource file :
                new PathMatchingResourcePatternResolver()
                        .getResources("classpath:/static/**/*.*")) {
            String path = "/" + file.getURL().getPath().replaceAll("^.*/static/", "");
            List<String> rows =
                    named.stream()
                            .filter(row ->
                                    row.startsWith("GET ") && paths.match(row.substring(4), path))
                            .filter(row -> row.endsWith("/**") || row.endsWith(path))
                            .toList();
            assertThat(rows).as(path).isNotEmpty();
            used.addAll(rows);
        }
        return used;
    }

    @Test
    void what_the_table_does_not_name_is_not_there_even_where_something_would_answer() {
        for (String path :
                List.of("/error", "/static/style.css", "/no-such", "/v1", "/V1/entries")) {
            assertThat(access.doors.get(path, headers.get("admin")).json())
                    .as(path)
                    .containsEntry("type", "/problems/not-found");
        }
        assertThat(
                        access.doors
                                .send(
                                        "PUT",
                                        "/v1/agreements",
                                        BodyPublishers.noBody(),
                                        headers.get("admin"))
                                .header("Allow"))
                .isEqualTo("GET, POST");
    }

    @ParameterizedTest
    @MethodSource("ways")
    void no_way_of_writing_an_address_leads_around_the_table(String path) {
        assertThat(access.doors.get(path).status()).as(path).isIn(400, 401, 404);
    }

    static List<String> ways() {
        return List.of(
                "/v1/agreements;a=b",
                "/v1;/agreements",
                "/verify/..;/v1/agreements",
                "/verify/%2e%2e/v1/agreements",
                "/verify/../v1/agreements",
                "//v1/agreements",
                "/v1//agreements",
                "/v1/agreements/",
                "/%761/agreements",
                "/v1/%61greements",
                "/verify/%2f..%2fv1/agreements",
                "/dashboard/../v1/tokens",
                "/problems/../v1/tokens");
    }

    @Test
    void a_pattern_of_the_table_is_found_as_the_dispatcher_finds_it() {
        assertThat(DoorTable.OF_THE_LEDGER.find("HEAD", PathContainer.parsePath("/v1/checkpoint")))
                .get()
                .returns(Role.READER, Door::least);
        assertThat(DoorTable.OF_THE_LEDGER.find("GET", PathContainer.parsePath("/ab/checkpoint")))
                .get()
                .returns(null, Door::least);
    }
}
