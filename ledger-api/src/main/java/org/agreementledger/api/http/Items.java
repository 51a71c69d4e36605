package org.agreementledger.api.http;

/** A list: whole, one page of it, or read while it is written. As NDJSON, the items alone. */
public record Items<T>(Iterable<T> items) {}
