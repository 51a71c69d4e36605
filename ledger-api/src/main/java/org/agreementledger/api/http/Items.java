package org.agreementledger.api.http;

import java.util.List;

/** A list, whole or one page of it. As NDJSON, the items alone. */
public record Items<T>(List<T> items) {}
